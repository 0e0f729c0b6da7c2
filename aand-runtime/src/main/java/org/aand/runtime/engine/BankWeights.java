package org.aand.runtime.engine;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.aand.runtime.kernel.ItemBank;
import org.jspecify.annotations.Nullable;

/** A memory bank {@code [M, C]}, packed for the search as its items come. */
final class BankWeights extends Weights {
  private final int items;
  private final int channels;
  private ItemBank.@Nullable Packer packer;
  private @Nullable ItemBank bank;

  BankWeights(String name, int items, int channels) {
    super(List.of(name));
    this.items = items;
    this.channels = channels;
  }

  @Override
  Optional<Part> parts(String name) {
    var into = new ItemBank.Packer(items, channels);
    packer = into;
    return Optional.of(into::put);
  }

  @Override
  void pack(Map<String, float[]> values) {
    bank = Objects.requireNonNull(packer, "no item has come").finish();
    packer = null;
  }

  ItemBank bank() {
    return Objects.requireNonNull(bank, "parameters have not come");
  }
}
