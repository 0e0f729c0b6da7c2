package org.aand.weights.pickle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.aand.common.PrintableName;
import org.aand.weights.pickle.PickleValue.Dictionary;
import org.aand.weights.pickle.PickleValue.Name;
import org.aand.weights.pickle.PickleValue.None;
import org.aand.weights.pickle.PickleValue.Real;
import org.aand.weights.pickle.PickleValue.Sequence;
import org.aand.weights.pickle.PickleValue.Text;
import org.aand.weights.pickle.PickleValue.Truth;
import org.aand.weights.pickle.PickleValue.Tuple;
import org.aand.weights.pickle.PickleValue.Whole;

/**
 * Reads a pickle of protocol 2 to 5 with the instructions that saved tensors need, and no others.
 *
 * <p>Nothing of the pickle is run: a name that {@link PickleNames} does not know ends the reading
 * at once, so does a state that is set on anything. How many instructions, how deep and how much
 * text there may be is bounded.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>Python's pickletools, which documents every instruction.
 * </ol>
 */
public final class PickleMachine {
  /** A ResNet-50's pickle has some 13,000, three times that with the state of its optimiser. */
  private static final int MAX_INSTRUCTIONS = 300_000;

  private static final int MAX_DEPTH = 200;
  private static final int MIN_PROTOCOL = 2;
  private static final int MAX_PROTOCOL = 5;

  private final PickleInput input;
  private final PickleNames names;
  private final Map<Long, PickleValue> memo = new HashMap<>();

  /** What was on the stack when each open mark was set. */
  private final Deque<List<PickleValue>> below = new ArrayDeque<>();

  private List<PickleValue> stack = new ArrayList<>();

  private PickleMachine(PickleInput input, PickleNames names) {
    this.input = input;
    this.names = names;
  }

  /**
   * Reads one pickle, up to its end mark.
   *
   * @throws PickleException if it is damaged, or asks for anything but data and known names
   */
  public static PickleValue read(PickleInput input, PickleNames names)
      throws IOException, PickleException {
    return new PickleMachine(input, names).read();
  }

  private PickleValue read() throws IOException, PickleException {
    for (int i = 0; i < MAX_INSTRUCTIONS; i++) {
      int instruction = input.unsignedByte();
      if (instruction == '.') {
        return pop();
      }
      execute(instruction);
    }
    throw new PickleException("the pickle has more than " + MAX_INSTRUCTIONS + " instructions");
  }

  private void execute(int instruction) throws IOException, PickleException {
    switch (instruction) {
      case 0x80 -> protocol();
      case 0x95 -> input.number(8); // a frame's length, which readers in one go do not need
      case '(' -> mark();
      case 'N' -> push(new None());
      case 0x88 -> push(new Truth(true));
      case 0x89 -> push(new Truth(false));
      case 'J' -> push(new Whole(input.integer(4)));
      case 'K' -> push(new Whole(BigInteger.valueOf(input.number(1))));
      case 'M' -> push(new Whole(BigInteger.valueOf(input.number(2))));
      case 0x8a -> push(new Whole(input.integer(input.unsignedByte())));
      case 'G' -> push(new Real(input.real()));
      case 'U' -> push(new Text(input.text(input.number(1), ISO_8859_1)));
      case 'T' -> push(new Text(input.text(input.number(4), ISO_8859_1)));
      case 0x8c -> push(new Text(input.text(input.number(1), UTF_8)));
      case 'X' -> push(new Text(input.text(input.number(4), UTF_8)));
      case 0x8d -> push(new Text(input.text(input.number(8), UTF_8)));
      case ')' -> push(new Tuple(List.of()));
      case 0x85 -> push(new Tuple(last(1)));
      case 0x86 -> push(new Tuple(last(2)));
      case 0x87 -> push(new Tuple(last(3)));
      case 't' -> {
        var items = toMark();
        push(new Tuple(List.copyOf(items)));
      }
      case ']' -> push(new Sequence());
      case 'a' -> append(last(1));
      case 'e' -> append(toMark());
      case '}' -> push(new Dictionary());
      case 's' -> set(last(2));
      case 'u' -> set(toMark());
      case 'q' -> memo.put(input.number(1), peek());
      case 'r' -> memo.put(input.number(4), peek());
      case 0x94 -> memo.put((long) memo.size(), peek());
      case 'h' -> push(remembered(input.number(1)));
      case 'j' -> push(remembered(input.number(4)));
      case 'c' -> {
        var module = input.line();
        push(name(module, input.line()));
      }
      case 0x93 -> {
        var parts = last(2);
        push(name(text(parts.get(0)), text(parts.get(1))));
      }
      case 'R', 0x81 -> call(last(2));
      case 'Q' -> push(names.persistent(pop()));
      case 'b' -> build(pop());
      default ->
          throw new PickleException(
              String.format(
                  Locale.ROOT,
                  "the pickle has the instruction 0x%02x at byte %d, which saved tensors do not"
                      + " need",
                  instruction,
                  input.position() - 1));
    }
  }

  private void protocol() throws IOException, PickleException {
    int protocol = input.unsignedByte();
    if (protocol < MIN_PROTOCOL || protocol > MAX_PROTOCOL) {
      throw new PickleException("the pickle is of protocol " + protocol + ", not 2 to 5");
    }
  }

  private void mark() throws PickleException {
    if (below.size() == MAX_DEPTH) {
      throw new PickleException("the pickle is nested more than " + MAX_DEPTH + " deep");
    }
    below.push(stack);
    stack = new ArrayList<>();
  }

  private List<PickleValue> toMark() throws PickleException {
    if (below.isEmpty()) {
      throw damaged();
    }
    var items = stack;
    stack = below.pop();
    return items;
  }

  private void push(PickleValue value) {
    stack.add(value);
  }

  private PickleValue peek() throws PickleException {
    if (stack.isEmpty()) {
      throw damaged();
    }
    return stack.get(stack.size() - 1);
  }

  private PickleValue pop() throws PickleException {
    var top = peek();
    stack.remove(stack.size() - 1);
    return top;
  }

  private List<PickleValue> last(int count) throws PickleException {
    if (stack.size() < count) {
      throw damaged();
    }
    var top = stack.subList(stack.size() - count, stack.size());
    var copy = List.copyOf(top);
    top.clear();
    return copy;
  }

  private void append(List<PickleValue> items) throws PickleException {
    if (!(peek() instanceof Sequence list)) {
      throw damaged();
    }
    list.items().addAll(items);
  }

  private void set(List<PickleValue> keysAndValues) throws PickleException {
    if (!(peek() instanceof Dictionary dictionary) || keysAndValues.size() % 2 != 0) {
      throw damaged();
    }
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      dictionary.put(keysAndValues.get(i), keysAndValues.get(i + 1));
    }
  }

  private PickleValue remembered(long index) throws PickleException {
    var value = memo.get(index);
    if (value == null) {
      throw damaged();
    }
    return value;
  }

  private static String text(PickleValue value) throws PickleException {
    if (!(value instanceof Text text)) {
      throw damaged();
    }
    return text.text();
  }

  private Name name(String module, String name) throws PickleException {
    var full = module + "." + name;
    if (!names.knows(full)) {
      throw new PickleException(
          "the pickle wants " + PrintableName.of(full) + ", which is not run or looked up");
    }
    return new Name(full);
  }

  private void call(List<PickleValue> nameAndArguments) throws PickleException {
    if (!(nameAndArguments.get(0) instanceof Name name)
        || !(nameAndArguments.get(1) instanceof Tuple arguments)) {
      throw new PickleException("the pickle calls something that is no name");
    }
    push(names.call(name.name(), arguments.items()));
  }

  private void build(PickleValue state) throws PickleException {
    if (!names.mayIgnore(peek(), state)) {
      throw new PickleException("the pickle sets a state on an object, which is not done");
    }
  }

  private static PickleException damaged() {
    return new PickleException("the pickle is damaged: its instructions do not fit each other");
  }
}
