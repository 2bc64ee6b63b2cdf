package dev.sverka.desk.console;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;

/** An address for a telephone's camera, drawn as one path: the page needs no picture file, which could be kept. */
record CalendarQr(int size, String path) {

    private static final Map<EncodeHintType, Object> HINTS = Map.of(EncodeHintType.MARGIN, 4,
            EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M);

    static CalendarQr of(String address) {
        BitMatrix squares;
        try {
            squares = new QRCodeWriter().encode(address, BarcodeFormat.QR_CODE, 0, 0, HINTS);
        } catch (WriterException tooLong) {
            throw new IllegalStateException("sverka.public-url is too long for a QR code", tooLong);
        }
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < squares.getHeight(); y++) {
            for (int x = 0; x < squares.getWidth(); x++) {
                if (squares.get(x, y)) {
                    path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
                }
            }
        }
        return new CalendarQr(squares.getWidth(), path.toString());
    }
}
