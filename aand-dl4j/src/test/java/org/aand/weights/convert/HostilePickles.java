package org.aand.weights.convert;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.aand.weights.pickle.PickleWriter;

/** Pickles that would run something, or use up everything, where they were believed. */
final class HostilePickles {
  private final Map<String, byte[]> all = new LinkedHashMap<>();

  private HostilePickles() {}

  /** By what they try. */
  static Map<String, byte[]> all() {
    var pickles = new HostilePickles();
    pickles.calls();
    pickles.states();
    pickles.storages();
    pickles.tensors();
    pickles.sizes();
    return pickles.all;
  }

  private void add(String what, UnaryOperator<PickleWriter> pickle) {
    all.put(what, pickle.apply(PickleWriter.begin()).end());
  }

  private void calls() {
    for (var name :
        new String[] {
          "os system",
          "posix system",
          "nt system",
          "builtins eval",
          "builtins exec",
          "__builtin__ eval",
          "builtins getattr",
          "builtins __import__",
          "subprocess Popen",
          "subprocess check_output",
          "runpy run_path",
          "webbrowser open",
          "operator attrgetter",
          "torch load",
          "torch.storage _load_from_bytes",
          "torch._utils _rebuild_qtensor",
          "torch.jit load",
          "torch.hub load",
          "numpy.core.multiarray _reconstruct",
          "copyreg _reconstructor",
          "copy_reg _reconstructor",
          "argparse Namespace",
          "functools partial",
          "codecs encode",
          "_codecs encode",
          "collections Counter",
          "collections.OrderedDict __init__",
          "java.lang Runtime",
          "torch.Float Storage",
          "torch QInt8Storage",
          " ",
          "torch ",
          " torch.FloatStorage"
        }) {
      int space = name.indexOf(' ');
      var module = name.substring(0, space);
      var function = name.substring(space + 1);
      add("calls " + name, p -> p.name(module, function).text("id").raw(0x85).op('R'));
      add("finds " + name, p -> p.text(module).text(function).raw(0x93).op(')').raw(0x81));
      add("only names " + name, p -> p.op('}').text("a").name(module, function).op('s'));
    }
    add("calls a storage", p -> p.name("torch", "FloatStorage").op(')').op('R'));
    add("calls a text", p -> p.text("os.system").text("id").raw(0x85).op('R'));
    add("calls with no tuple", p -> p.name("collections", "OrderedDict").op('}').op('R'));
    add("makes an instance", p -> p.raw('(', 'i', 'o', 's', '\n', 's', '\n'));
    add("makes an object", p -> p.mark().name("collections", "OrderedDict").op('o'));
    add("uses an extension", p -> p.raw(0x82, 1));
    add(
        "parameter of a text",
        p -> p.name("torch.nn.parameter", "Parameter").text("x").raw(0x85).op('R'));
    add(
        "dictionary of a text",
        p -> p.name("collections", "OrderedDict").text("x").raw(0x85).op('R'));
  }

  private void states() {
    add(
        "state on a dictionary",
        p -> p.orderedDict().op('}').text("__class__").op('N').op('s').op('b'));
    add(
        "state beside _metadata",
        p ->
            p.orderedDict()
                .op('}')
                .mark()
                .text("_metadata")
                .op('N')
                .text("x")
                .op('N')
                .op('u')
                .op('b'));
    add("state that is no dictionary", p -> p.orderedDict().text("_metadata").op('b'));
    add("state on a class", p -> p.name("torch", "FloatStorage").op('}').op('b'));
    add("state on a list", p -> p.op(']').op('}').op('b'));
    add("state on a tensor", p -> tensor(p, 1, 0, new long[] {1}, new long[] {1}).op('}').op('b'));
    add(
        "another storage for a tensor",
        p -> storage(tensor(p, 1, 0, new long[] {1}, new long[] {1}), 1).raw(0x85).op('b'));
  }

  private void storages() {
    add("reference to a module", p -> p.text("module").op('N').raw(0x86).op('Q'));
    add("reference to a text", p -> p.text("../../etc/passwd").op('Q'));
    add("reference as a line", p -> p.raw('P', 'x', '\n'));
    add(
        "storage of a dictionary",
        p ->
            p.mark()
                .text("storage")
                .name("collections", "OrderedDict")
                .text("0")
                .text("cpu")
                .whole(1)
                .op('t')
                .op('Q'));
    add(
        "storage out of the archive",
        p ->
            p.mark()
                .text("storage")
                .name("torch", "FloatStorage")
                .text("../../../etc/passwd")
                .text("cpu")
                .whole(1)
                .op('t')
                .op('Q'));
    for (long length :
        new long[] {-1, 2, 1L << 31, 1L << 60, 1L << 62, Long.MAX_VALUE, Long.MIN_VALUE}) {
      add("storage of " + length, p -> one(p, length, 0, new long[] {1}, new long[] {1}));
    }
    add("storage in two ways", p -> storage(storage(p.mark(), 1), 2).op('t'));
  }

  private void tensors() {
    long[][][] views = {
      {{1L << 40}, {0}},
      {{1L << 31, 1L << 31}, {0, 0}},
      {{2}, {1}},
      {{-1}, {1}},
      {{1}, {-1}},
      {{1L << 62, 4}, {0, 0}},
      {{2, 2}, {1L << 62, 1}},
      {{1}, {}},
      {{}, {1}},
      {{1, 1, 1, 1, 1, 1, 1, 1, 1}, {1, 1, 1, 1, 1, 1, 1, 1, 1}},
      {{3}, {Long.MAX_VALUE}},
      {{Long.MIN_VALUE}, {1}},
      {{1L << 31}, {1L << 31}}
    };
    for (var view : views) {
      add("view " + java.util.Arrays.deepToString(view), p -> one(p, 1, 0, view[0], view[1]));
    }
    for (long offset : new long[] {-1, 1, 2, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE}) {
      add("offset " + offset, p -> one(p, 1, offset, new long[] {1}, new long[] {1}));
    }
    add(
        "tensor without a shape",
        p -> storage(p.name("torch._utils", "_rebuild_tensor_v2").mark(), 1).op('t').op('R'));
    add(
        "tensor of a text",
        p ->
            p.name("torch._utils", "_rebuild_tensor_v2")
                .mark()
                .text("0")
                .whole(0)
                .wholes(1)
                .wholes(1)
                .op('t')
                .op('R'));
    add("tensor alone", p -> tensor(p, 1, 0, new long[] {1}, new long[] {1}));
    add("no tensors", p -> p.orderedDict());
    add("a list of tensors", p -> tensor(p.op(']'), 1, 0, new long[] {1}, new long[] {1}).op('a'));
    add(
        "a name on two lines",
        p -> tensor(p.op('}').text("a\nb"), 1, 0, new long[] {1}, new long[] {1}).op('s'));
    add(
        "a name that clears the screen",
        p -> tensor(p.op('}').text("\u001b[2J"), 1, 0, new long[] {1}, new long[] {1}).op('s'));
  }

  private void sizes() {
    add("text of 4 GiB", p -> p.op('X').little(0xffffffffL, 4));
    add("text of 2 GiB", p -> p.op('T').little(0x7fffffff, 4));
    add("text of 8 EiB", p -> p.raw(0x8d).little(Long.MAX_VALUE, 8));
    add("text of -1", p -> p.raw(0x8d).little(-1, 8));
    add("memo never set", p -> p.op('j').little(0xffffffffL, 4));
    add("deep", p -> repeat(p, 100_000, '('));
    add("deep tuples", p -> repeat(p.op(')'), 290_000, 0x85));
    add("deep in dictionaries", p -> repeat(p.op('}').text("state_dict"), 140_000, '}', 'q', 1));
    add("endless", p -> repeat(p, 310_000, 'N'));
    add("a list within itself", p -> p.op(']').put().raw('h', 0).op('a'));
    add("a dictionary within itself", p -> p.op('}').put().text("state_dict").raw('h', 0).op('s'));
    add(
        "the same pairs again and again",
        p -> {
          repeat(p.op(']').put().mark(), 2000, 'K', 1, 'N', 0x86).op('e').put();
          p.name("collections", "OrderedDict");
          return repeat(p, 2000, 'h', 2, 'h', 1, 0x85, 'R');
        });
  }

  private static PickleWriter repeat(PickleWriter pickle, int times, int... bytes) {
    for (int i = 0; i < times; i++) {
      pickle.raw(bytes);
    }
    return pickle;
  }

  /** A state dictionary with a view of the storage, which holds one number. */
  private static PickleWriter one(
      PickleWriter p, long length, long offset, long[] shape, long[] strides) {
    return tensor(p.op('}').text("a"), length, offset, shape, strides).op('s');
  }

  private static PickleWriter tensor(
      PickleWriter p, long length, long offset, long[] shape, long[] strides) {
    storage(p.name("torch._utils", "_rebuild_tensor_v2").mark(), length).whole(offset);
    return p.wholes(shape).wholes(strides).truth(false).orderedDict().op('t').op('R');
  }

  private static PickleWriter storage(PickleWriter p, long length) {
    p.mark().text("storage").name("torch", "FloatStorage").text("0").text("cpu").whole(length);
    return p.op('t').op('Q');
  }
}
