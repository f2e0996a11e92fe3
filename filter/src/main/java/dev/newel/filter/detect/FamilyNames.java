package dev.newel.filter.detect;

import java.util.Set;

/** Common family names of many languages in Latin script, from general knowledge. */
final class FamilyNames {
  private FamilyNames() {}

  static final Set<String> ALL =
      Set.of(
          """
          Abbott Adams Agarwal Ahmed Ali Allen Alvarez Anderson Andersson Andrews Bailey Baker Barnes Bauer
          Becker Bennett Bernard Bianchi Bose Boyd Brooks Brown Bryant Butler Cai Campbell Cao Carter Castillo
          Castro Chan Chang Chavez Chen Cheng Cho Choi Chu Clark Cohen Cole Coleman Collins Cook Cooper Costa
          Cox Cruz Cui Das Davies Davis Delgado Deng Diaz Ding Doe Dong Du Duan Dubois Dupont Edwards Ellis
          Esposito Evans Fan Fang Feng Fernandez Ferrari Fischer Fisher Flores Ford Foster Fournier Fox Fu Gao
          Garcia García Gibson Gomez Gonzales Gonzalez González Gordon Graham Gray Griffin Gu Guan Guo Gupta
          Gutierrez Hamilton Han Hansen Hao Harris Harrison Hayes He Henderson Hernandez Hernández Herrera
          Hill Hoffmann Hou Howard Hu Huang Hughes Hussain Ito Ivanov Iyer Jackson Jansen Jenkins Jensen Jia
          Jiang Jimenez Jin Johansson Johnson Jones Kang Kapoor Kaur Kelly Kennedy Khan Kim Klein Kobayashi
          Koch Kong Kowalski Krüger Kumar Kuznetsov Lai Lamore Larsen Larsson Lee Lefevre Lei Lewis Li Liang
          Lin Liu Lopez Lu Luo López Ma Mao Marino Marshall Martin Martinez Martínez Mason McDonald Mehta
          Mendoza Meng Meyer Miller Mitchell Mo Moore Morales Moreau Moreno Morgan Morris Murphy Murray Myers
          Müller Nair Nakamura Nelson Nguyen Nielsen Novak Nowak Olsen Olson Ortiz Owens Pan Park Parker Patel
          Pavlov Peng Perez Perry Petersen Peterson Petrov Pham Phillips Popov Powell Pérez Qi Qian Qiao Qin
          Qiu Ramirez Ramos Rao Reddy Reed Ren Reyes Reynolds Ricci Richardson Rivera Roberts Robinson
          Rodriguez Rodríguez Rogers Romano Rossi Ruiz Russell Russo Ryan Saito Sanchez Sanders Santos Sato
          Schmidt Schneider Schröder Schulz Schwarz Scott Shah Shao Sharma Shaw Shen Shi Silva Simmons Singh
          Smirnov Smith Snyder Sokolov Song Souza Stevens Stewart Su Sullivan Sun Suzuki Sánchez Takahashi Tan
          Tanaka Tang Tao Taylor Thomas Thompson Tian Torres Tran Tucker Turner Vargas Vasquez Wagner Walker
          Wallace Wan Wang Ward Watanabe Watson Weber Wei Wells Wen West Williams Wilson Wolf Wong Wright Wu
          Xia Xiao Xie Xiong Xu Yadav Yamamoto Yan Yang Yao Ye Yi Yilmaz Yin Yoshida Young Yu Yuan Zeng Zhan
          Zhang Zhao Zheng Zhong Zhou Zhu Zimmermann Zou Zuo
          """
              .strip()
              .split("\\s+", -1));
}
