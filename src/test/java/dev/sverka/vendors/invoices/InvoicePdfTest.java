package dev.sverka.vendors.invoices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.junit.jupiter.api.Test;

/** What a file may do to its reader: nothing. */
class InvoicePdfTest {

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
        BufferedImage usual = drawn(InvoicePdf.read(pdf(PDRectangle.A4, 0)));
        assertThat(usual.getHeight()).isBetween(1100, 1130);
        BufferedImage wall = drawn(InvoicePdf.read(pdf(new PDRectangle(14_400, 14_400), 0)));
        assertThat(Math.max(wall.getWidth(), wall.getHeight())).isLessThanOrEqualTo(1600);
    }

    @Test
    void aPictureThatWouldUnpackToGigabytesIsNotDrawnAndTheTextIsRead() throws Exception {
        InvoicePdf bomb = InvoicePdf.read(pdf(PDRectangle.A4, 60_000));
        assertThat(bomb.picture()).isNull();
        assertThat(bomb.text()).contains("Invoice 12");
    }

    @Test
    void whatIsNoPdfOrTakesTooLongIsRefusedWithItsReason() throws Exception {
        byte[] good = pdf(PDRectangle.A4, 0);
        assertThatThrownBy(() -> InvoicePdf.read("%PDF-1.7 and nothing".getBytes())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> InvoicePdf.read(good, Duration.ZERO)).isInstanceOf(IOException.class)
                .hasMessageContaining("too long");
    }
}
