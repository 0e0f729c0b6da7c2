package org.aand.weights.pickle;

import java.util.List;

/** What the names in a pickle stand for: the only way in which a pickle can have anything made. */
public interface PickleNames {
  /** For pickles of plain data: no name is known. */
  PickleNames NONE =
      new PickleNames() {
        @Override
        public boolean knows(String name) {
          return false;
        }

        @Override
        public PickleValue call(String name, List<PickleValue> arguments) throws PickleException {
          throw new PickleException("the pickle calls " + name);
        }

        @Override
        public PickleValue persistent(PickleValue id) throws PickleException {
          throw new PickleException("the pickle refers to something outside of it");
        }

        @Override
        public boolean mayIgnore(PickleValue object, PickleValue state) {
          return false;
        }
      };

  /**
   * Whether a pickle may mention a name.
   *
   * @param name module and name, joined by a dot
   */
  boolean knows(String name);

  /**
   * What a known name makes of arguments.
   *
   * @throws PickleException if it makes nothing of these
   */
  PickleValue call(String name, List<PickleValue> arguments) throws PickleException;

  /**
   * What an identifier of something outside of the pickle stands for.
   *
   * @throws PickleException if there is no such thing
   */
  PickleValue persistent(PickleValue id) throws PickleException;

  /** Whether a state that the pickle sets on an object is of no consequence. */
  boolean mayIgnore(PickleValue object, PickleValue state);
}
