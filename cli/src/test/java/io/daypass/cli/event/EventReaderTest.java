package io.daypass.cli.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EventReaderTest {
    @Test
    void next_readsMessagesAndSkipsComments() throws IOException {
        EventReader reader =
                reader(": hello\n\nevent: lease.issued\nid: 7\ndata: {\"a\":1}\n\n: still here\n\nid:8\n\n");
        assertEquals(new EventReader.Message("lease.issued", "7", "{\"a\":1}"), reader.next());
        assertEquals(new EventReader.Message("", "8", ""), reader.next());
        assertNull(reader.next());
    }

    @Test
    void next_unfinished_isNone() throws IOException {
        assertNull(reader("event: lease.issued\nid: 7\ndata: {").next());
    }

    @Test
    void next_joinsLinesOfData() throws IOException {
        assertEquals(
                new EventReader.Message("", "", "a\nb"),
                reader("data: a\ndata: b\nother: c\n\n").next());
    }

    private static EventReader reader(String text) {
        return new EventReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
