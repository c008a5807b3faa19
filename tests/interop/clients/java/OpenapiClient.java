import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Path;
import model.Root;

/** Reads documents into the classes of openapi-generator, and writes them back: {@code OpenapiClient FOLDER}. */
final class OpenapiClient {
    public static void main(String[] arguments) throws Exception {
        ObjectMapper mapper = new ObjectMapper().findAndRegisterModules();
        // As the mapper that openapi-generator itself makes.
        mapper.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
        Answers.print(Path.of(arguments[0]), text -> mapper.writeValueAsString(mapper.readValue(text, Root.class)));
    }
}
