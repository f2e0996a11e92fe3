package dev.newel.cli;

/** What exit codes mean, for every command. */
public final class ExitCode {
  /** Yes: nothing was blocked, the trail is whole. */
  public static final int YES = 0;

  /** No: the command did its work, and the answer is no. */
  public static final int NO = 1;

  /** The command could not do all of its work: wrong usage or input. */
  public static final int FAILED = 2;

  private ExitCode() {}
}
