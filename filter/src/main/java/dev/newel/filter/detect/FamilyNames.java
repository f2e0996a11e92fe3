package dev.newel.filter.detect;

import java.util.Set;

/** Common family names of many languages in Latin script, from general knowledge. */
final class FamilyNames {
  private FamilyNames() {}

  static final Set<String> ALL =
      Set.of(
          """
          Abbott Adams Agarwal Ahmed Ali Allen Alvarez Anderson Andersson Andrews Bailey Baker Barnes Bauer Becker Bennett
          Bernard Bianchi Bose Boyd Brooks Brown Bryant Butler Campbell Carter Castillo Castro Chan Chang Chavez Chen
          Cheng Cho Choi Clark Cohen Cole Coleman Collins Cook Cooper Costa Cox Cruz Das Davies Davis Delgado Diaz Doe
          Dubois Dupont Edwards Ellis Esposito Evans Fernandez Ferrari Fischer Fisher Flores Ford Foster Fournier Fox
          Garcia García Gao Gibson Gomez Gonzales Gonzalez González Gordon Graham Gray Green Griffin Guo Gupta Gutierrez
          Hall Hamilton Han Hansen Harris Harrison Hayes He Henderson Hernandez Hernández Herrera Hill Hoffmann Howard
          Huang Hughes Hussain Ito Ivanov Iyer Jackson Jansen Jenkins Jensen Jiang Jimenez Johansson Johnson Jones
          Kapoor Kaur Kelly Kennedy Khan Kim Klein Kobayashi Koch Kowalski Krüger Kumar Kuznetsov Larsen Larsson Lee
          Lefevre Lewis Li Liang Lin Liu Long Lopez López Luo Lamore Marino Marshall Martin Martinez Martínez Mason McDonald
          Mehta Mendoza Meyer Miller Mitchell Moore Morales Moreau Moreno Morgan Morris Müller Murphy Murray Myers Nair
          Nakamura Nelson Nguyen Nielsen Novak Nowak Olsen Olson Ortiz Owens Park Parker Patel Pavlov Perez Pérez Perry
          Petersen Peterson Petrov Pham Phillips Popov Powell Price Qin Ramirez Ramos Rao Reddy Reed Reyes Reynolds Ricci
          Richardson Rivera Roberts Robinson Rodriguez Rodríguez Rogers Romano Rossi Ruiz Russell Russo Ryan Saito
          Sanchez Sánchez Sanders Santos Sato Schmidt Schneider Schröder Schulz Schwarz Scott Shah Sharma Shaw Silva
          Simmons Singh Smirnov Smith Snyder Sokolov Song Souza Stevens Stewart Sullivan Sun Suzuki Takahashi Tan Tanaka
          Tang Taylor Thomas Thompson Torres Tran Tucker Turner Vargas Vasquez Wagner Walker Wallace Wang Ward
          Watanabe Watson Weber Wells West Williams Wilson Wolf Wong Wright Wu Xie Xu Yadav Yamamoto Yang Yilmaz
          Yoshida Young Yu Zhang Zhao Zheng Zhou Zhu Zimmermann
          """
              .strip()
              .split("\\s+", -1));
}
