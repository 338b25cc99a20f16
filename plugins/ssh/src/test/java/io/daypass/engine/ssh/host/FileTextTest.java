package io.daypass.engine.ssh.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileTextTest {
    private static FileText of(String text) {
        return new FileText(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void lines_areFoundWhole_whateverTheirEnds() {
        assertEquals(
                List.of(
                        new FileText.Line(0, "d-a"),
                        new FileText.Line(4, "x d-a"),
                        new FileText.Line(14, "d-a d-a"),
                        new FileText.Line(22, "d-ab")),
                of("d-a\nx d-a\r\n--\nd-a d-a\nd-ab").linesWith("d-a"));
        assertEquals(List.of(), of("").linesWith("d-a"));
        assertEquals(List.of(), of("\n\r\n").linesWith("d-a"));
    }

    @Test
    void place_isCountedInBytes() {
        assertEquals(List.of(new FileText.Line(6, "d-a")), of("gr\u00fcn\nd-a").linesWith("d-a"));
    }

    @Test
    void line_isThereOnlyIfItIsAllOfOne() {
        String line = "k \u00fc d-a";
        assertTrue(of("x\n" + line + "\r\n").hasLine(FileText.asBytes(line)));
        assertFalse(of("x" + line).hasLine(FileText.asBytes(line)));
        assertFalse(of(line + " ").hasLine(FileText.asBytes(line)));
    }
}
