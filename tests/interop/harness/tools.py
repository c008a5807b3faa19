"""The tools: how each is run over one schema, and what it claims to check."""

import json
import shutil

from .fixtures import CONSTRUCTS
from .places import CLIENTS
from .shell import run


class Tool:
    """One row of the table for each form of the schemas and document."""

    name = ""
    # What the tool says it checks. What it refuses beyond that is shown, but is not asked for.
    claims = frozenset(CONSTRUCTS)
    # Whether `--ci` runs it: what needs Python, npm and cargo only.
    in_ci = True
    # What of `Places` must be there.
    needs = ()
    # Whether it writes documents back, or only says yes or no.
    writes = True

    def __init__(self, places):
        self.places = places

    def prepare(self, form, schemas):
        """What is done once for all documents of a form."""

    def answers(self, form, document, schema, fixtures, folder):
        """The answers to every fixture, as lines of JSON; `folder` is empty and the tool's own."""
        raise NotImplementedError


class PythonValidator(Tool):
    name, writes, needs = "Python jsonschema", False, ("python",)

    def answers(self, form, document, schema, fixtures, folder):
        validator = CLIENTS / "python" / "validator.py"
        return run(self.name, self.places.python, "-W", "default", validator, schema, fixtures, answers=True)


class Ajv(Tool):
    name, writes, needs = "ajv, strict", False, ("npm",)

    def answers(self, form, document, schema, fixtures, folder):
        return run(self.name, "node", self.places.npm / "ajv.mjs", form, schema, fixtures, answers=True)


class RustValidator(Tool):
    name, writes, needs = "Rust jsonschema", False, ("rust",)

    def answers(self, form, document, schema, fixtures, folder):
        return run(self.name, self.places.rust / "validator", schema, fixtures, answers=True)


class Pydantic(Tool):
    name, needs = "Pydantic (datamodel-code-generator)", ("python",)
    # It reads "12" as 12 unless told not to (--strict-types).
    claims = frozenset(CONSTRUCTS) - {"text for number"}

    def answers(self, form, document, schema, fixtures, folder):
        python, models = self.places.python, folder / "models.py"
        source = ("--input", schema, "--input-file-type", "jsonschema", "--class-name", "Root")
        target = ("--output", models, "--output-model-type", "pydantic_v2.BaseModel", "--formatters", "builtin")
        run(self.name, python, "-m", "datamodel_code_generator", *source, *target)
        client = CLIENTS / "python" / "pydantic_client.py"
        return run(self.name, python, "-W", "default", client, models, fixtures, answers=True)


class TypeScript(Tool):
    needs = ("npm",)

    def compile(self, folder, *options, **arguments):
        types = ("--types", "node", "--typeRoots", self.places.npm / "node_modules" / "@types")
        strict = ("--strict", "--target", "es2022", "--module", "nodenext", "--noUncheckedIndexedAccess")
        paths = sorted(path.name for path in folder.glob("*.mts"))
        tsc = self.places.npm_tool("tsc")
        return run(self.name, tsc, *strict, *types, *options, *paths, folder=folder, **arguments)


class JsonSchemaToTypescript(TypeScript):
    """It makes types and no code: each fixture is compiled as a constant of the type."""

    name, writes = "json-schema-to-typescript, tsc --strict", False
    claims = frozenset(CONSTRUCTS) - {"pattern", "range"}

    def answers(self, form, document, schema, fixtures, folder):
        run(self.name, self.places.npm_tool("json2ts"), "-i", schema, "-o", folder / "types.d.mts")
        title = json.loads(schema.read_text("utf-8"))["title"]
        root = "".join(word.capitalize() for word in title.split("_"))
        for path in fixtures.iterdir():
            head = f'import type {{ {root} }} from "./types.mjs";\nexport const document: {root} =\n'
            (folder / f"{path.stem}.mts").write_text(head + path.read_text("utf-8"), "utf-8")
        errors = {}
        said = self.compile(folder, "--noEmit", "--pretty", "false", answers=True, allowed=(0, 1, 2))
        for line in said.splitlines():
            # What an error says goes on over lines that begin with blanks.
            if not line.startswith(" "):
                errors.setdefault(line.split("(")[0].removesuffix(".mts"), line)
        known = {path.stem for path in fixtures.iterdir()}
        if strange := errors.keys() - known:
            raise ValueError("; ".join(errors[name] for name in sorted(strange)))
        lines = [{"file": f"{name}.json"} | ({"error": errors[name]} if name in errors else {}) for name in sorted(known)]
        return "\n".join(json.dumps(line) for line in lines)


def quicktype(tool, language, schema, output, *options):
    source = ("--src-lang", "schema", "--src", schema, "--top-level", "Root")
    run(tool.name, tool.places.npm_tool("quicktype"), *source, "--lang", language, "--out", output, *options)


class QuicktypeTypescript(TypeScript):
    name = "quicktype TypeScript, tsc --strict"
    claims = JsonSchemaToTypescript.claims

    def answers(self, form, document, schema, fixtures, folder):
        # A date read as a `Date` would be written back with a time of day (glideapps/quicktype#2219).
        quicktype(self, "typescript", schema, folder / "root.mts", "--no-date-times")
        for client in ("answer.mts", "quicktype_client.mts"):
            shutil.copy(CLIENTS / "npm" / client, folder)
        self.compile(folder, "--pretty", "false")
        return run(self.name, "node", folder / "quicktype_client.mjs", fixtures, answers=True)


class Typify(Tool):
    name = "typify"
    # serde takes a list for an object, its values in the order of the keys; bounds beyond those of the integer are dropped.
    claims = frozenset(CONSTRUCTS) - {"list for object", "range"}

    def prepare(self, form, schemas):
        folder = next(iter(schemas.values())).parent
        built = self.places.build_rust("typify_client", OGI_INTEROP_SCHEMAS=str(folder))
        self.client = built / "typify_client"

    def answers(self, form, document, schema, fixtures, folder):
        return run(self.name, self.client, document, fixtures, answers=True)


class Java(Tool):
    in_ci, needs = False, ("npm", "javac", "openapi_generator")

    def compile_and_run(self, client, fixtures, folder, *more):
        """The jar of openapi-generator holds Jackson too."""
        jackson = self.places.openapi_generator
        sources = [CLIENTS / "java" / "Answers.java", CLIENTS / "java" / f"{client}.java", *more]
        sources += sorted(folder.rglob("*.java"))
        run(self.name, self.places.javac, "-Xlint:all", "-proc:none", "-cp", jackson, "-d", folder / "classes", *sources)
        path = f"{folder / 'classes'}:{jackson}"
        return run(self.name, "java", "-cp", path, client, fixtures, answers=True)


class QuicktypeJava(Java):
    name = "quicktype Java, javac"
    # Jackson makes 0 of a missing long and a number of "12"; quicktype's mapper passes over unknown keys.
    claims = frozenset({"wrong type", "list for object", "unlisted value"})

    def answers(self, form, document, schema, fixtures, folder):
        package = folder / "model"
        package.mkdir()
        quicktype(self, "java", schema, package / "Root.java", "--package", "model")
        return self.compile_and_run("QuicktypeClient", fixtures, folder)


class Openapi(Java):
    name = "openapi-generator Java, javac"
    claims = frozenset({"unknown key", "wrong type", "list for object", "unlisted value"})

    def answers(self, form, document, schema, fixtures, folder):
        wrapped = folder / "openapi.json"
        wrapped.write_text(json.dumps(openapi(json.loads(schema.read_text("utf-8"))), ensure_ascii=False), "utf-8")
        # OpenAPI states the width of an integer by `format`, which these schemas leave out: without the mapping the
        # counts would be 32 bits wide.
        options = ("--type-mappings", "integer=Long")
        # A list that is left out stays left out.
        plain = ("containerDefaultToNull=true", "openApiNullable=false", "annotationLibrary=none", "supportUrlQuery=false")
        properties = ("modelPackage=model", "hideGenerationTimestamp=true", *plain)
        models = "models,modelDocs=false,modelTests=false"
        run(
            self.name,
            *("java", "-jar", self.places.openapi_generator, "generate", "-g", "java", "--library", "native"),
            *("-i", wrapped, "-o", folder / "generated", "--global-property", models, *options),
            *("--additional-properties", ",".join(properties)),
            # Its progress, and a request for donations.
            chatter=lambda line: "] INFO " in line or line.startswith("#"),
        )
        stub = CLIENTS / "java" / "javax" / "annotation" / "Generated.java"
        return self.compile_and_run("OpenapiClient", fixtures, folder, stub)


def openapi(schema):
    """An OpenAPI document around a schema: definitions become components, the root one of them."""
    key = "$defs" if "$defs" in schema else "definitions"
    root = {name: value for name, value in schema.items() if name not in (key, "$schema", "$id")}
    text = json.dumps(schema[key] | {"Root": root}).replace(f"#/{key}/", "#/components/schemas/")
    info = {"title": schema["title"], "version": "1"}
    return {"openapi": "3.0.3", "info": info, "paths": {}, "components": {"schemas": json.loads(text)}}


class QuicktypeGo(Tool):
    name, in_ci, needs = "quicktype Go", False, ("npm", "go")
    # encoding/json looks at types alone.
    claims = frozenset({"wrong type", "list for object", "text for number"})

    def answers(self, form, document, schema, fixtures, folder):
        quicktype(self, "go", schema, folder / "root.go", "--package", "main")
        for path in (CLIENTS / "go").iterdir():
            shutil.copy(path, folder)
        run(self.name, self.places.go, "build", "-o", "client", ".", folder=folder)
        return run(self.name, folder / "client", fixtures, answers=True)


ALL = (
    PythonValidator,
    Ajv,
    RustValidator,
    Pydantic,
    JsonSchemaToTypescript,
    QuicktypeTypescript,
    Typify,
    QuicktypeJava,
    Openapi,
    QuicktypeGo,
)
