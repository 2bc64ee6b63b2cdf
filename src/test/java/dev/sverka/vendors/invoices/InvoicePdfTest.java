package dev.sverka.vendors.invoices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.color.PDColor;
import org.apache.pdfbox.pdmodel.graphics.color.PDPattern;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.pdmodel.graphics.pattern.PDTilingPattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a file may do to its reader: nothing. */
class InvoicePdfTest {

    private static final PdfReader READER = new PdfReader();
    private static final int DEEP = 12;

    @AfterAll
    static void stop() {
        READER.close();
    }

    private static byte[] pdf(PDRectangle size, int claimedSide) throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage(size);
            document.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 20);
                content.newLineAtOffset(50, 50);
                content.showText("Invoice 12");
                content.endText();
                if (claimedSide > 0) {
                    PDImageXObject image = LosslessFactory.createFromImage(document,
                            new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB));
                    image.getCOSObject().setInt(COSName.WIDTH, claimedSide);
                    image.getCOSObject().setInt(COSName.HEIGHT, claimedSide);
                    content.drawImage(image, 0, 0, 40, 40);
                }
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        }
    }

    private static BufferedImage drawn(InvoicePdf pdf) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(pdf.picture()));
    }

    @Test
    void thePictureOfAPageAsLargeAsAWallIsNoLargerThanOthers() throws Exception {
        BufferedImage usual = drawn(READER.read(pdf(PDRectangle.A4, 0)));
        assertThat(usual.getHeight()).isBetween(1100, 1130);
        BufferedImage wall = drawn(READER.read(pdf(new PDRectangle(14_400, 14_400), 0)));
        assertThat(Math.max(wall.getWidth(), wall.getHeight())).isLessThanOrEqualTo(1600);
    }

    @Test
    void aPictureThatWouldUnpackToGigabytesIsNotDrawnAndTheTextIsRead() throws Exception {
        InvoicePdf bomb = READER.read(pdf(PDRectangle.A4, 60_000));
        assertThat(bomb.picture()).isNull();
        assertThat(bomb.text()).contains("Invoice 12");
    }

    @Test
    void whatIsNoPdfIsRefusedAndTheSameProcessReadsOn() throws Exception {
        READER.read(pdf(PDRectangle.A4, 0));
        List<Long> before = readers();
        assertThatThrownBy(() -> READER.read("%PDF-1.7 and nothing".getBytes()))
                .isInstanceOf(PdfReader.Unreadable.class);
        assertThat(READER.read(pdf(PDRectangle.A4, 0)).text()).contains("Invoice 12");
        assertThat(readers()).isEqualTo(before).isNotEmpty();
    }

    /** Ten forms that draw ten forms each, and so on: a million million steps from a few kilobytes. */
    @Test
    void whatNeverEndsIsGivenUpAndNothingWorksOnIt() throws Exception {
        List<Long> others = readers();
        try (PdfReader reader = new PdfReader(Duration.ofSeconds(5))) {
            assertThat(reader.read(pdf(PDRectangle.A4, 0)).text()).contains("Invoice 12");
            List<Long> own = readers();
            own.removeAll(others);
            assertThat(own).hasSize(1);
            byte[] endless = endless(false);
            assertThatThrownBy(() -> reader.read(endless)).isInstanceOf(PdfReader.Unreadable.class)
                    .hasMessageContaining("too long");
            assertThat(ProcessHandle.of(own.get(0)).filter(ProcessHandle::isAlive)).as("what worked on it").isEmpty();
            assertThat(Thread.getAllStackTraces().values().stream().flatMap(Arrays::stream).map(
                    StackTraceElement::getClassName)).noneMatch(name -> name.startsWith("org.apache.pdfbox"));
            assertThat(reader.read(pdf(PDRectangle.A4, 0)).text()).as("the next file").contains("Invoice 12");
        }
        assertThat(readers()).isEqualTo(others);
    }

    @Test
    void whatIsOnlyDrawnWithoutEndIsTakenByItsText() throws Exception {
        try (PdfReader reader = new PdfReader(Duration.ofSeconds(5))) {
            InvoicePdf pdf = reader.read(endless(true));
            assertThat(pdf.text()).contains("Invoice 12");
            assertThat(pdf.picture()).isNull();
        }
    }

    @Test
    void whatUnpacksToMoreThanThereIsOfMemoryIsRefusedAndTheNextFileIsRead() throws Exception {
        byte[] bomb = bomb();
        assertThat(bomb.length).isLessThan(2_000_000);
        // whichever comes first: the memory's end or the time's
        try (PdfReader reader = new PdfReader(Duration.ofSeconds(8))) {
            assertThatThrownBy(() -> reader.read(bomb)).isInstanceOf(PdfReader.Unreadable.class)
                    .hasMessageContaining("it takes");
            assertThat(reader.read(pdf(PDRectangle.A4, 0)).text()).contains("Invoice 12");
        }
    }

    /** Processes that read PDFs. */
    private static List<Long> readers() {
        return ProcessHandle.current().children().filter(one -> one.isAlive() && one.info().commandLine().orElse("")
                .contains(PdfProcess.class.getName())).map(ProcessHandle::pid).sorted()
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** @param drawing whether only drawing is without end: the forms are what a pattern is made of */
    private static byte[] endless(boolean drawing) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf(PDRectangle.A4, 0))) {
            PDPage page = document.getPage(0);
            try (PDPageContentStream content = new PDPageContentStream(document, page,
                    PDPageContentStream.AppendMode.APPEND, true, true)) {
                PDFormXObject form = nested(document);
                if (drawing) {
                    content.setNonStrokingColor(new PDColor(page.getResources().add(tile(form)), new PDPattern(null)));
                    content.addRect(0, 0, 500, 800);
                    content.fill();
                } else {
                    content.drawForm(form);
                }
            }
            return saved(document);
        }
    }

    private static PDTilingPattern tile(PDFormXObject form) throws IOException {
        PDTilingPattern tile = new PDTilingPattern();
        tile.setBBox(new PDRectangle(10, 10));
        tile.setPaintType(PDTilingPattern.PAINT_COLORED);
        tile.setTilingType(PDTilingPattern.TILING_CONSTANT_SPACING);
        tile.setXStep(10);
        tile.setYStep(10);
        PDResources resources = new PDResources();
        resources.put(COSName.getPDFName("F"), form);
        tile.setResources(resources);
        try (OutputStream out = ((COSStream) tile.getCOSObject()).createOutputStream()) {
            out.write("/F Do".getBytes());
        }
        return tile;
    }

    private static PDFormXObject nested(PDDocument document) throws IOException {
        PDFormXObject inner = null;
        for (int level = 0; level < DEEP; level++) {
            PDFormXObject form = new PDFormXObject(document);
            form.setBBox(new PDRectangle(100, 100));
            form.setResources(new PDResources());
            String content = "0 0 9 9 re f";
            if (inner != null) {
                form.getResources().put(COSName.getPDFName("F"), inner);
                content = " /F Do".repeat(10);
            }
            try (OutputStream out = form.getContentStream().createOutputStream()) {
                out.write(content.getBytes());
            }
            inner = form;
        }
        return inner;
    }

    /** A hundred million letters, each of which has its place. */
    private static byte[] bomb() throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf(PDRectangle.A4, 0))) {
            PDPage page = document.getPage(0);
            PDStream content = new PDStream(document);
            content.getCOSObject().setItem(COSName.FILTER, COSName.FLATE_DECODE);
            try (OutputStream out = new DeflaterOutputStream(content.getCOSObject().createRawOutputStream())) {
                byte[] words = ("BT /F1 9 Tf 9 9 Td (" + "x".repeat(100_000) + ") Tj ET\n").getBytes();
                for (int i = 0; i < 1000; i++) {
                    out.write(words);
                }
            }
            page.setContents(content);
            return saved(document);
        }
    }

    private static byte[] saved(PDDocument document) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        document.save(bytes);
        return bytes.toByteArray();
    }
}
