package org.aand.io.reader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.aand.common.InputException;
import org.aand.common.image.ImageSize;
import org.aand.common.image.Preprocessing;
import org.aand.io.dataset.Category;
import org.aand.io.dataset.Sample;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.Record;
import org.datavec.api.records.listener.impl.LogRecordListener;
import org.datavec.api.records.metadata.RecordMetaDataURI;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.split.CollectionInputSplit;
import org.datavec.api.split.FileSplit;
import org.datavec.api.writable.NDArrayWritable;
import org.datavec.api.writable.NullWritable;
import org.datavec.api.writable.Writable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a DataVec reader, on real files. */
class ImageRecordReaderTest {
  private static final int SIZE = 8;

  private final Path data;
  private final Category category;

  ImageRecordReaderTest(@TempDir Path data) throws IOException {
    this.data = data;
    this.category = PaintedCategory.in(data);
  }

  @Test
  void recordsHoldImageMaskLabelAndName() throws IOException {
    try (RecordReader reader = reader()) {
      var bent = reader.next();
      var image = ((NDArrayWritable) bent.get(ImageRecordReader.IMAGE)).get();
      var mask = ((NDArrayWritable) bent.get(ImageRecordReader.MASK)).get();
      assertArrayEquals(new long[] {1, SIZE, SIZE, 3}, image.shape());
      assertArrayEquals(new long[] {1, SIZE, SIZE, 1}, mask.shape());
      assertEquals((200 / 255f - 0.485f) / 0.229f, image.getFloat(0, 4, 0, 0), 1e-6f);
      assertEquals((30 / 255f - 0.406f) / 0.225f, image.getFloat(0, 4, 7, 2), 1e-6f);
      assertEquals(1f, mask.getFloat(0, 4, 0, 0));
      assertEquals(0f, mask.getFloat(0, 4, 7, 0));
      assertEquals(1, bent.get(ImageRecordReader.DEFECTIVE).toInt());
      assertEquals("test/bent/000.png", bent.get(ImageRecordReader.NAME).toString());

      var good = reader.next();
      assertEquals(0, good.get(ImageRecordReader.DEFECTIVE).toInt());
      assertEquals(
          0.0,
          ((NDArrayWritable) good.get(ImageRecordReader.MASK)).get().sumNumber().doubleValue());

      var torn = reader.next();
      assertEquals(1, torn.get(ImageRecordReader.DEFECTIVE).toInt());
      assertSame(NullWritable.INSTANCE, torn.get(ImageRecordReader.MASK));

      assertFalse(reader.hasNext());
      assertThrows(NoSuchElementException.class, reader::next);
      assertEquals(List.of("good", "defective"), reader.getLabels());
    }
  }

  @Test
  void resetStartsOver() {
    var reader = reader();
    var first = names(reader);
    assertTrue(reader.resetSupported());
    reader.reset();
    assertEquals(first, names(reader));
    assertEquals(3, first.size());
  }

  @Test
  void batchesEndWithWhatIsLeft() {
    var reader = reader();
    assertTrue(reader.batchesSupported());
    assertEquals(2, reader.next(2).size());
    assertEquals(1, reader.next(2).size());
    assertEquals(0, reader.next(2).size());
    assertThrows(IllegalArgumentException.class, () -> reader.next(0));
  }

  @Test
  void aSplitChoosesAndOrdersSamples() throws Exception {
    var reader = reader();
    var chosen = List.of(uri("test/torn/000.png"), uri("test/bent/000.png"));
    reader.initialize(new CollectionInputSplit(chosen));
    assertEquals(List.of("test/torn/000.png", "test/bent/000.png"), names(reader));

    reader.initialize(new Configuration(), new FileSplit(data.resolve("bolt/test").toFile()));
    assertEquals(3, names(reader).size());

    var foreign = new CollectionInputSplit(List.of(uri("train/good/000.png")));
    assertThrows(InputException.class, () -> reader.initialize(foreign));
  }

  @Test
  void metaDataLeadsBackToTheRecord() throws IOException {
    var reader = reader();
    Record bent = reader.nextRecord();
    Record good = reader.nextRecord();
    assertEquals(uri("test/bent/000.png"), bent.getMetaData().getURI());
    assertEquals(ImageRecordReader.class, bent.getMetaData().getReaderClass());

    var again = reader.loadFromMetaData(List.of(good.getMetaData(), bent.getMetaData()));
    assertEquals(good.getRecord(), again.get(0).getRecord());
    assertEquals(bent.getRecord(), again.get(1).getRecord());
    assertTrue(reader.hasNext(), "looking back does not move the reader");

    var foreign = new RecordMetaDataURI(URI.create("http://localhost/x.png"));
    assertThrows(InputException.class, () -> reader.loadFromMetaData(foreign));
  }

  @Test
  void aRecordCanComeFromAStream() throws IOException {
    var reader = reader();
    URI bent = uri("test/bent/000.png");
    try (var stream = new DataInputStream(Files.newInputStream(Path.of(bent)))) {
      assertEquals(reader.next(), reader.record(bent, stream));
    }
  }

  @Test
  void listenersHearOfEachRecord() {
    var reader = reader();
    var listener = new LogRecordListener();
    reader.setListeners(listener);
    assertFalse(listener.invoked());
    reader.next();
    assertTrue(listener.invoked());
  }

  @Test
  void aDamagedFileEndsReadingUnlessItIsToBeSkipped() throws IOException {
    Path good = category.test().get(1).image();
    Files.write(good, new byte[] {1, 2, 3});

    var strict = reader();
    strict.next();
    var thrown = assertThrows(InputException.class, strict::next);
    assertTrue(String.valueOf(thrown.getMessage()).contains(good.toString()));

    var skipped = new ArrayList<InputException>();
    var lenient = reader().skippingUnreadable(skipped::add);
    assertEquals(List.of("test/bent/000.png", "test/torn/000.png"), names(lenient));
    assertEquals(1, skipped.size());
    assertTrue(String.valueOf(skipped.get(0).getMessage()).contains(good.toString()));
  }

  @Test
  void skippingMayLeaveNothing() throws IOException {
    for (Sample sample : category.test()) {
      Files.write(sample.image(), new byte[0]);
    }
    var skipped = new ArrayList<InputException>();
    assertFalse(reader().skippingUnreadable(skipped::add).hasNext());
    assertEquals(3, skipped.size());
  }

  @Test
  void itRefusesToBeSerialised() throws IOException {
    try (var out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      assertThrows(NotSerializableException.class, () -> out.writeObject(reader()));
    }
  }

  private ImageRecordReader reader() {
    return new ImageRecordReader(category.test(), new Preprocessing(ImageSize.square(SIZE)));
  }

  private URI uri(String name) {
    return data.resolve("bolt").resolve(name).toUri();
  }

  private static List<String> names(RecordReader reader) {
    var names = new ArrayList<String>();
    while (reader.hasNext()) {
      List<Writable> record = reader.next();
      names.add(record.get(ImageRecordReader.NAME).toString());
    }
    return names;
  }
}
