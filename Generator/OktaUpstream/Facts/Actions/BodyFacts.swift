import OktaCatalog
import YAML

/// The body of an operation, and its media types.
struct BodyFacts {
    /// The body; nil for none.
    private(set) var body: CatalogAction.Body?
    /// The facts that the catalog cannot express.
    private(set) var findings: [Diagnostic] = []

    init(
        of body: YAMLNode, of action: CatalogAction, at place: SchemaTranslator.Place, pins: Pins,
        translator: inout SchemaTranslator
    ) {
        let isPinned = action.pinned.contains("body")
        guard let content = body["content"]?.entries, !content.isEmpty else {
            // A call without such a body is right if the document does not require it. `UnheldFacts` names it.
            guard !isPinned, body["required"]?.boolean == true else { return }
            findings.append(
                .unsupported(
                    "body without content", "the body is required, but has no media type", at: body.location,
                    hint: Diagnostic.pinHint("body")))
            return
        }
        func type(of entry: YAMLEntry) -> TypeExpression {
            translator.type(
                of: entry.value["schema"] ?? entry.value,
                at: .init(name: place.name + "Request", upstream: place.upstream + "#request"),
                pinned: pins.holds("body", action.pinned) ? action.body?.type : nil, standing: action.body?.type)
        }
        let chosen: TypeExpression
        var media: [String] = []
        if let json = Self.json(in: content) {
            chosen = type(of: json.entry)
            if json.name != .json { media = [json.name.description] }
            if !isPinned { checkOthers(in: content, than: json.entry, translator.document) }
        } else if let form = content.first(where: { MediaTypeName($0.name) == .form }) {
            chosen = type(of: form)
            media = [MediaTypeName.form.description]
            if !translator.isModel(chosen), !isPinned {
                findings.append(
                    .unsupported(
                        "form values", "the values of the form are not the members of an object",
                        at: form.key.location, hint: Diagnostic.pinHint("body")))
            }
            checkEncoding(of: form, isPinned: isPinned)
            if !isPinned { checkOthers(in: content, than: form, translator.document) }
        } else if let form = content.first(where: { MediaTypeName($0.name) == .multipart }) {
            chosen = .builtin(.file)
            media = [MediaTypeName.multipart.description]
            checkParts(of: form, translator.document, isPinned: isPinned)
            checkEncoding(of: form, isPinned: isPinned)
            if !isPinned { checkOthers(in: content, than: form, translator.document) }
        } else {
            chosen = .builtin(content.contains { $0.name == "application/x-pem-file" } ? .certificate : .bytes)
            media = content.map(\.name)
            if !isPinned { checkRanges(in: content) }
        }
        // A file, certificate, form or dialect of JSON is required unless the document says otherwise, because Okta's
        // documents omit `required` for it.
        let isOptional = media.isEmpty ? body["required"]?.boolean != true : body["required"]?.boolean == false
        self.body = .init(chosen, isOptional: isOptional, media: media)
    }

    /// Reports media types with a schema other than that of the chosen one, because a call could not send such a body.
    private mutating func checkOthers(
        in content: [YAMLEntry], than read: YAMLEntry, _ document: OpenAPIDocument
    ) {
        func schema(_ entry: YAMLEntry) -> String? {
            guard var node = entry.value["schema"].map(document.resolve) else { return nil }
            while let alias = document.alias(node) { node = document.resolve(alias) }
            node.content = .mapping((node.entries ?? []).filter { !SchemaKeywords.isAnnotation($0.name) })
            return CanonicalContent(of: node).text
        }
        for other in content where other.key != read.key && schema(other) != schema(read) {
            findings.append(
                .unsupported(
                    "body \(other.name)",
                    "the body may also be `\(other.name)`, with another schema than `\(read.name)`",
                    at: other.key.location, hint: Diagnostic.pinHint("body")))
        }
    }

    /// Reports ranges of media types, which a call cannot send as the type of its body.
    private mutating func checkRanges(in content: [YAMLEntry]) {
        for media in content where media.name.contains("*") {
            findings.append(
                .unsupported(
                    "body \(media.name)", "the body may have any media type of `\(media.name)`",
                    at: media.key.location, hint: Diagnostic.pinHint("body")))
        }
    }

    /// Reports a multipart form with parts other than a single `file`, which the catalog cannot express.
    private mutating func checkParts(of form: YAMLEntry, _ document: OpenAPIDocument, isPinned: Bool) {
        let parts = form.value["schema"].map { document.resolve($0) }?["properties"]?.entries ?? []
        guard !isPinned, parts.map(\.name) != ["file"] else { return }
        let names = parts.map { "`\($0.name)`" }.joined(separator: ", ")
        findings.append(
            .unsupported(
                "form parts \(parts.map(\.name).joined(separator: " "))",
                "the form has \(parts.isEmpty ? "no stated part" : "the parts \(names)"), not one `file`",
                at: form.key.location, hint: Diagnostic.pinHint("body")))
    }

    private mutating func checkEncoding(of form: YAMLEntry, isPinned: Bool) {
        guard !isPinned, let encoding = form.value["encoding"], encoding.entries?.isEmpty == false else { return }
        findings.append(
            .unsupported(
                "form encoding", "the parts of the form have their own encodings", at: encoding.location,
                hint: Diagnostic.pinHint("body")))
    }

    /// Returns the JSON media type of some content: the one without a profile or version, otherwise the first one.
    static func json(in content: [YAMLEntry]) -> (entry: YAMLEntry, name: MediaTypeName)? {
        let all = content.map { (entry: $0, name: MediaTypeName($0.name)) }
        return all.first { $0.name == .json } ?? all.first { $0.name.isJSON }
    }
}
