package dev.newel.filter.detect;

import java.util.Set;

/**
 * Common given names of many languages in Latin script, from general knowledge. Names that are more
 * often something else (May, Will, Mark, Paris) are left out: they count behind a title or before a
 * further name only.
 */
final class GivenNames {
  private GivenNames() {}

  static final Set<String> ALL =
      Set.of(
          """
          Aaron Abigail Adam Adrian Ahmed Aisha Akira Alan Albert Alejandro Aleksandr Alessandro Alex Alexander Alexandra
          Alexei Alfred Ali Alice Alicia Alina Allison Amanda Amelia Amir Amit Amy Ana Anastasia Andrea Andreas Andrei
          Andrew Andrzej Angela Anil Anita Anjali Ann Anna Anne Annika Antoine Anthony Antonio Anya Arie Arjun Arthur Ashley
          Astrid Audrey Barbara Beatrice Benjamin Bernard Beth Betty Bianca Björn Boris Bradley Brandon Brenda Brian
          Bridget Bruno Bryan Camila Carla Carlos Carmen Carol Caroline Carolyn Catherine Cecilia Charles Charlotte
          Chiara Chloe Christian Christina Christine Christopher Claire Clara Claudia Clifford Connor Craig Cristina Cynthia
          Daniel Daniela Daria David Deborah Deepak Denise Dennis Derek Diana Diane Diego Dieter Dimitri Dmitri Dominic Donald
          Donna Doris Dorothy Douglas Dylan Edith Eduardo Edward Edwin Eileen Elena Eleanor Elizabeth Ella Ellen Emily
          Emma Enrique Eric Erik Erika Esther Ethan Eugene Eva Evelyn Fatima Federico Felix Fernanda Fernando Fiona
          Florian Frances Francesca Francesco Francisco François Frank Franz Fred Frederick Friedrich Gabriel Gabriela
          Gary Geoffrey George Georgia Gerald Gerhard Giovanni Giulia Giuseppe Gloria Gonzalo Gregory Greta Guillermo
          Gustavo Hannah Hans Haruto Hassan Heather Heidi Heinrich Helen Helena Helga Henrik Henry Hiroshi Holly Howard
          Hugo Ian Ibrahim Igor Ingrid Irene Irina Isaac Isabel Isabella Ivan Jack Jacob Jacqueline Jakub James Jamie
          Jan Jane Janet Janice Jason Javier Jean Jeffrey Jennifer Jeremy Jerry Jessica Jill Jim Joan Joanna Joao João
          Joe Joel Johan Johann Johannes John Jonathan Jorge José Jose Josef Joseph Joshua Joyce Juan Judith Julia Julian
          Juliana Julie Jun Jürgen Justin Karen Karin Karl Karolina Katarzyna Kate Katherine Kathleen Katja Kathryn Kayla
          Keith Kelly Kenji Kenneth Kevin Khalid Kimberly Klaus Kristen Kristina Kumar Kyle Lars Laura Lauren Lawrence
          Leah Leila Leonardo Leonie Leslie Li Liam Linda Lisa Lorenzo Louis Louise Luca Lucas Lucia Ludmila Luis Luisa
          Lukas Lydia Lynn Magdalena Malik Manuel Marco Margaret Maria María Mariana Marie Marina Mario Markus Marta
          Martha Martin Martina Mary Mateo Matteo Matthew Matthias Maureen Maurice Max Maya Megan Mehmet Mei Melanie
          Melissa Michael Michelle Miguel Mikhail Milan Miriam Mohamed Mohammed Monica Monika Morgan Muhammad Nadia Nancy
          Naomi Natalia Natalie Natasha Nathan Nicholas Nicola Nicolas Nicole Nikhil Nikolai Nina Noah Noor Olga Oliver
          Olivia Omar Oscar Owen Pablo Pamela Patricia Patrick Paul Paula Pavel Pedro Peter Petra Philip Philipp
          Philippe Pierre Piotr Priya Rachel Rafael Raj Rajesh Ralph Ramón Ramesh Raquel Rebecca Ricardo Richard Rita
          Robert Roberto Roger Roland Ronald Rosa Roxanne Roy Rudolf Russell Ruth Ryan Sabine Sakura Samantha Samuel
          Sandra Sanjay Santiago Sara Sarah Scott Sean Sebastian Sergei Sergio Sharon Shirley Silvia Simon Simone
          Sofia Sonia Sophia Sophie Stefan Stefanie Stephanie Stephen Steve Steven Stuart Sunita Susan Suresh Svetlana
          Sven Sylvia Takashi Tamara Tanya Tatiana Teresa Theodore Theresa Thomas Tiffany Tim Timothy Tobias Tom Tomasz
          Travis Tyler Uwe Valentina Valerie Vanessa Vera Veronica Victor Victoria Vijay Vikram Vincent Virginia Vivian
          Vladimir Walter Wanda Wayne Wei Wendy Werner William Wolfgang Xavier Yasmin Yelena Yolanda Yuki Yuri Yusuf
          Yvonne Zachary Zainab Zhang Zoe Zofia
          """
              .strip()
              .split("\\s+", -1));
}
