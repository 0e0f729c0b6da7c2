package org.aand.io.reader;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import org.aand.common.InputException;
import org.aand.common.image.ImageFile;
import org.aand.common.image.Preprocessing;
import org.aand.io.dataset.Sample;
import org.aand.io.foreground.ForegroundRule;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.metadata.RecordMetaDataURI;
import org.datavec.api.records.reader.BaseRecordReader;
import org.datavec.api.split.InputSplit;
import org.datavec.api.writable.IntWritable;
import org.datavec.api.writable.NullWritable;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.jspecify.annotations.Nullable;

/**
 * A category's samples as DataVec records.
 *
 * <p>Each record, for networks of input size S, is
 *
 * <ul>
 *   <li>the image: {@link ImageWritable} {@code [1, height, width, 3]}, normalised, channels last
 *   <li>the mask: {@link MaskWritable} {@code [1, height, width, 1]}, 1 where anomalous, else 0;
 *       {@link NullWritable} for a defective image without a mask file
 *   <li>whether it is defective: {@link IntWritable} 0 or 1
 *   <li>its name within the category: {@link Text}
 *   <li>the object: {@link MaskWritable} {@code [1, height, width, 1]}, 1 on the object, else 0;
 *       {@link NullWritable} unless it is asked for by {@link #withForeground}
 * </ul>
 *
 * <p>Needs no {@code initialize}; initialised with a split, it reads those of its samples that the
 * split names, in the split's order. A file that cannot be used throws an {@link InputException},
 * unless the reader is one that skips such files. {@link #record(int)} may be called from many
 * threads; all else is not thread-safe. Not serialisable.
 */
@SuppressWarnings("serial") // refuses serialisation
public final class ImageRecordReader extends BaseRecordReader {
  /** Where the image is in a record. */
  public static final int IMAGE = 0;

  /** Where the mask is in a record. */
  public static final int MASK = 1;

  /** Where the label is in a record. */
  public static final int DEFECTIVE = 2;

  /** Where the name is in a record. */
  public static final int NAME = 3;

  /** Where the object's mask is in a record. */
  public static final int FOREGROUND = 4;

  private final List<Sample> samples;
  private final Map<URI, Sample> byLocation = new HashMap<>();
  private final Preprocessing preprocessing;
  private final SampleLoader loader;
  private final @Nullable Consumer<InputException> skipped;

  private List<Sample> selected;
  private int position;
  private @Nullable LoadedSample ahead;
  private @Nullable Configuration configuration;

  /**
   * A reader that ends at the first file that cannot be used.
   *
   * @param samples what to read, in this order
   * @param preprocessing size, resizing, normalisation
   */
  public ImageRecordReader(List<Sample> samples, Preprocessing preprocessing) {
    this(samples, preprocessing, SampleLoader.of(preprocessing), null);
  }

  /** A reader of the same samples that finds the object in each image too. */
  public ImageRecordReader withForeground(ForegroundRule rule) {
    return new ImageRecordReader(
        samples, preprocessing, SampleLoader.of(preprocessing, rule), skipped);
  }

  /**
   * A reader that continues with the next sample after a file that cannot be used.
   *
   * @param skipped receives the failure of each such file, e.g. {@code list::add}
   * @return a reader of the same samples
   */
  public ImageRecordReader skippingUnreadable(Consumer<InputException> skipped) {
    return new ImageRecordReader(samples, preprocessing, loader, skipped);
  }

  private ImageRecordReader(
      List<Sample> samples,
      Preprocessing preprocessing,
      SampleLoader loader,
      @Nullable Consumer<InputException> skipped) {
    this.samples = List.copyOf(samples);
    this.preprocessing = preprocessing;
    this.loader = loader;
    this.skipped = skipped;
    this.selected = this.samples;
    this.samples.forEach(sample -> byLocation.put(location(sample), sample));
  }

  @Override
  public void initialize(InputSplit split) {
    var chosen = new ArrayList<Sample>();
    split.locationsIterator().forEachRemaining(uri -> chosen.add(sampleAt(uri)));
    inputSplit = split;
    selected = List.copyOf(chosen);
    reset();
  }

  @Override
  public void initialize(Configuration conf, InputSplit split) {
    setConf(conf);
    initialize(split);
  }

  @Override
  public boolean hasNext() {
    if (skipped == null) {
      return position < selected.size();
    }
    while (ahead == null && position < selected.size()) {
      try {
        ahead = loader.load(selected.get(position));
      } catch (InputException e) {
        skipped.accept(e);
        position++;
      }
    }
    return ahead != null;
  }

  /** How many samples there are. */
  public int size() {
    return selected.size();
  }

  /**
   * The record of the i-th sample, wherever the reader stands; safe to call from many threads.
   *
   * @throws InputException if its image or mask cannot be used
   */
  public List<Writable> record(int i) {
    return record(loader.load(selected.get(i))).getRecord();
  }

  @Override
  public List<Writable> next() {
    return nextRecord().getRecord();
  }

  @Override
  public Record nextRecord() {
    if (!hasNext()) {
      throw new NoSuchElementException("all " + selected.size() + " samples were read");
    }
    LoadedSample loaded = ahead;
    if (loaded == null) {
      loaded = loader.load(selected.get(position));
    }
    ahead = null;
    position++;
    var record = record(loaded);
    invokeListeners(record);
    return record;
  }

  @Override
  public boolean batchesSupported() {
    return true;
  }

  @Override
  public List<List<Writable>> next(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(count + " records");
    }
    var batch = new ArrayList<List<Writable>>();
    while (batch.size() < count && hasNext()) {
      batch.add(next());
    }
    return batch;
  }

  /** What the label's numbers 0 and 1 stand for. */
  @Override
  public List<String> getLabels() {
    return List.of(Sample.GOOD, "defective");
  }

  @Override
  public void reset() {
    position = 0;
    ahead = null;
  }

  @Override
  public boolean resetSupported() {
    return true;
  }

  /**
   * The record of one of the samples, its image taken from a stream.
   *
   * @param uri the sample's image file
   * @param image the bytes of an image; not closed
   */
  @Override
  public List<Writable> record(URI uri, DataInputStream image) throws IOException {
    Sample sample = sampleAt(uri);
    var original = ImageFile.decode(image.readAllBytes(), uri.toString());
    return record(SampleLoader.prepare(sample, original, preprocessing, Optional.empty()))
        .getRecord();
  }

  @Override
  public Record loadFromMetaData(RecordMetaData metaData) {
    return record(loader.load(sampleAt(metaData.getURI())));
  }

  @Override
  public List<Record> loadFromMetaData(List<RecordMetaData> metaData) {
    return metaData.stream().map(this::loadFromMetaData).toList();
  }

  @Override
  public void close() {
    ahead = null;
  }

  @Override
  public void setConf(@Nullable Configuration conf) {
    configuration = conf;
  }

  @Override
  public @Nullable Configuration getConf() {
    return configuration;
  }

  private Sample sampleAt(URI uri) {
    URI location = "file".equals(uri.getScheme()) ? location(Path.of(uri)) : uri;
    Sample sample = byLocation.get(location);
    if (sample == null) {
      throw new InputException(uri + " is none of the " + samples.size() + " samples to read");
    }
    return sample;
  }

  private static URI location(Sample sample) {
    return location(sample.image());
  }

  private static URI location(Path file) {
    return file.toAbsolutePath().normalize().toUri();
  }

  private Record record(LoadedSample loaded) {
    List<Writable> writables = new ArrayList<>();
    writables.add(IMAGE, new ImageWritable(loaded.resized(), preprocessing.normalisation()));
    writables.add(MASK, mask(loaded.mask()));
    writables.add(DEFECTIVE, new IntWritable(loaded.sample().defective() ? 1 : 0));
    writables.add(NAME, new Text(loaded.sample().name()));
    writables.add(FOREGROUND, mask(loaded.foreground()));
    return new org.datavec.api.records.impl.Record(
        writables, new RecordMetaDataURI(location(loaded.sample()), ImageRecordReader.class));
  }

  private Writable mask(Optional<byte[]> mask) {
    return mask.<Writable>map(values -> new MaskWritable(values, preprocessing.size()))
        .orElse(NullWritable.INSTANCE);
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    throw new NotSerializableException(
        ImageRecordReader.class.getName() + ": open the category where it is needed");
  }
}
