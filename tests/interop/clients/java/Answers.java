import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How every client of this harness answers: one line of JSON for each file of the folder, with {@code file}, and either
 * {@code error} or what was written back as {@code written}.
 */
final class Answers {
    interface ReadBack {
        String apply(String text) throws Exception;
    }

    private Answers() {}

    static void print(Path folder, ReadBack readBack) throws Exception {
        ObjectMapper json = new ObjectMapper();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        List<Path> paths;
        try (Stream<Path> files = Files.list(folder)) {
            paths = files.sorted().toList();
        }
        for (Path path : paths) {
            String file = path.getFileName().toString();
            try {
                String written = readBack.apply(Files.readString(path));
                out.println(json.writeValueAsString(Map.of("file", file, "written", written)));
            } catch (Exception error) {
                out.println(json.writeValueAsString(Map.of("file", file, "error", String.valueOf(error))));
            }
        }
    }
}
