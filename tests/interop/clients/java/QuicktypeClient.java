import java.nio.file.Path;
import model.Converter;

/** Reads documents with the converter that quicktype made, and writes them back: {@code QuicktypeClient FOLDER}. */
final class QuicktypeClient {
    public static void main(String[] arguments) throws Exception {
        Answers.print(Path.of(arguments[0]), text -> Converter.toJsonString(Converter.fromJsonString(text)));
    }
}
