package dev.newel.e2e.harness;

import com.fasterxml.jackson.databind.JsonNode;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/**
 * What a health check of Argo CD says of an object: a Lua script that finds the object in {@code
 * obj} and returns a table.
 */
public record ArgoHealth(String status, String message) {

  /** Runs a check. */
  public static ArgoHealth of(String lua, JsonNode object) {
    Globals globals = JsePlatform.standardGlobals();
    globals.set("obj", value(object));
    LuaValue said = globals.load(lua, "health.lua").call();
    return new ArgoHealth(said.get("status").tojstring(), said.get("message").tojstring());
  }

  private static LuaValue value(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        var table = new LuaTable();
        node.propertyStream().forEach(p -> table.set(p.getKey(), value(p.getValue())));
        yield table;
      }
      case ARRAY -> {
        var table = new LuaTable();
        for (int i = 0; i < node.size(); i++) {
          table.set(i + 1, value(node.get(i)));
        }
        yield table;
      }
      case NUMBER -> LuaValue.valueOf(node.asDouble());
      case BOOLEAN -> LuaValue.valueOf(node.asBoolean());
      case STRING -> LuaValue.valueOf(node.asText());
      default -> LuaValue.NIL;
    };
  }
}
