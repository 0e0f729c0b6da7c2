package org.aand.run;

import java.util.ArrayList;
import java.util.List;
import org.aand.io.InputException;
import org.aand.io.random.RandomStreams;
import org.aand.train.TrainingImages;

/**
 * Good images to train on, and others to choose an epoch by.
 *
 * @param training what is trained on
 * @param heldOut what is not
 */
record TrainingSplit(TrainingImages training, TrainingImages heldOut) {
  /** Share of the images that are held out where the data set itself sets none aside. */
  static final double SHARE = 0.1;

  /**
   * Holds out a tenth of the images, at least one, drawn by the seed.
   *
   * @throws InputException if there is but one image
   */
  static TrainingSplit of(TrainingImages images, long seed) {
    int all = images.count();
    if (all < 2) {
      throw new InputException(
          "one training image cannot be split; choose another --protocol than held-out");
    }
    int[] order = new int[all];
    var random = new RandomStreams(seed).stream("held out");
    for (int i = 0; i < all; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    int count = Math.max(1, (int) Math.round(SHARE * all));
    var heldOut = new ArrayList<Integer>();
    var training = new ArrayList<Integer>();
    for (int i = 0; i < all; i++) {
      (i < count ? heldOut : training).add(order[i]);
    }
    return new TrainingSplit(
        select(images, training.stream().sorted().toList()),
        select(images, heldOut.stream().sorted().toList()));
  }

  private static TrainingImages select(TrainingImages images, List<Integer> members) {
    return new TrainingImages(
        images.size(),
        members.stream().map(images.pictures()::get).toList(),
        members.stream().map(images.foregrounds()::get).toList());
  }
}
