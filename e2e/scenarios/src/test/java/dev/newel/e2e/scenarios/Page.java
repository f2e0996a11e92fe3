package dev.newel.e2e.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands of a page of documentation, and what they are said to print. */
final class Page {
  private static final Pattern BLOCK =
      Pattern.compile("^```(sh|text output)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private Page() {}

  /**
   * One block of commands.
   *
   * @param prints lines of which each must be part of what it prints
   */
  record Block(String commands, List<String> prints) {}

  static List<Block> blocks(Path page) throws IOException {
    var blocks = new ArrayList<Block>();
    Matcher matcher = BLOCK.matcher(Files.readString(page));
    while (matcher.find()) {
      if (matcher.group(1).equals("sh")) {
        blocks.add(new Block(matcher.group(2), List.of()));
      } else {
        Block last = blocks.removeLast();
        blocks.add(new Block(last.commands(), matcher.group(2).lines().toList()));
      }
    }
    return blocks;
  }
}
