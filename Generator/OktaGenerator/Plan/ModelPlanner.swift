import OktaCatalog
import YAML

/// Plans models and enumerations, and the files that hold them.
struct ModelPlanner {
    let catalog: Catalog
    let resolver: TypeResolver
    let unions: UnionGraph
    let models: [String: CatalogModel]
    let enumerations: [String: CatalogEnumeration]
    let extended: Set<String>
    let writable: WritableModels
    let identified: IdentifiedModels
    var findings: [Diagnostic] = []
    /// The lineages of models that are known by now.
    var lineages: [String: ModelLineage] = [:]

    init(catalog: Catalog, resolver: TypeResolver, unions: UnionGraph) {
        self.catalog = catalog
        self.resolver = resolver
        self.unions = unions
        let all = catalog.modelFiles.flatMap(\.models)
        models = Dictionary(all.map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
        extended = Set(all.compactMap(\.extends?.value))
        enumerations = Dictionary(
            catalog.modelFiles.flatMap(\.enumerations).map { ($0.name.value, $0) },
            uniquingKeysWith: { first, _ in first })
        writable = WritableModels(catalog: catalog)
        identified = IdentifiedModels(catalog: catalog)
    }

    mutating func files() -> [PlannedModelFile] {
        var files: [PlannedModelFile] = []
        var paths: [String: String] = [:]
        let swiftNames = Dictionary(texts: catalog.categories.map { ($0.name.value, $0.swiftName?.value) })
        for file in catalog.modelFiles {
            let swiftName = swiftNames[text: file.category.value] ?? nil
            let folder = identifier(
                IdentifierWords(swiftName ?? file.category.value).upperCamelCase, for: file.category,
                what: "folder")
            var groups: [String: [PlannedType]] = [:]
            for model in file.models { groups[model.group, default: []].append(.model(planned(model))) }
            for enumeration in file.enumerations {
                groups[enumeration.group, default: []].append(.enumeration(planned(enumeration)))
            }
            for (group, types) in groups.sorted(by: { $0.key < $1.key }) {
                let path = "Models/\(folder)/\(group).swift"
                check(group, path: path, in: file, against: &paths)
                files.append(PlannedModelFile(path: path, folder: folder, types: types))
            }
        }
        return files
    }

    /// A group's name is a file's name: an identifier, and unique where case does not count.
    private mutating func check(
        _ group: String, path: String, in file: Catalog.ModelFile, against paths: inout [String: String]
    ) {
        if SwiftName(group) == nil {
            findings.append(
                Diagnostic(
                    rule: "invalid-group", "`\(group)` can not name a file", at: file.category.location,
                    hint: "use letters, digits and `_`"))
        }
        if let other = paths[path.lowercased()] {
            findings.append(
                Diagnostic(
                    rule: "file-name-collision", "`\(path)` and `\(other)` are one file on some disks",
                    at: file.category.location,
                    hint: "give one of the two groups another name"))
        }
        paths[path.lowercased()] = path
    }

    /// A name that is unique because what it is made of is.
    mutating func identifier(_ text: String, for origin: Located<String>, what: String) -> SwiftName {
        var names = NameRegistry()
        defer { findings += names.findings }
        return names.identifier(text, for: origin, what: what) ?? .reported
    }

    // MARK: Enumerations

    private mutating func planned(_ enumeration: CatalogEnumeration) -> PlannedEnumeration {
        var names = NameRegistry()
        let values = enumeration.values.map { value in
            let swiftName = names.declare(Self.name(of: value), for: value.swiftName ?? value.value, what: "value")
            let meaning: DocText = value.documentation.map { " \(DocText.sentence($0))" } ?? ""
            return PlannedEnumeration.Value(
                wireValue: value.value.value, swiftName: swiftName,
                documentation: "\(DocText.code(value.value.value)).\(meaning)")
        }
        findings += names.findings
        return PlannedEnumeration(
            name: resolver.name(enumeration.name),
            documentation: documentation(of: enumeration.documentation, name: enumeration.name.value, noun: "values"),
            values: values)
    }

    /// The name of a value, without backticks.
    static func name(of value: CatalogEnumeration.Value) -> String {
        SwiftIdentifier.member(
            value.swiftName?.value ?? IdentifierWords(telling(value.value.value)).lowerCamelCase)
    }

    /// The part of a value that tells it from others: the end of a URN or address, and what follows `com.okta.`.
    private static func telling(_ value: String) -> String {
        let okta = "com.okta."
        if value.hasPrefix(okta) { return String(value.dropFirst(okta.count)) }
        guard value.hasPrefix("urn:") || value.hasPrefix("oasis:") || value.contains("://") else { return value }
        return value.split { $0 == ":" || $0 == "/" }.last.map(String.init) ?? value
    }

    func documentation(of text: String?, name: String, noun: String) -> DocText {
        if let text { return DocText.sentence(text) }
        return "\(DocText.capitalized(DocText.prose(IdentifierWords(name).phrase)))."
    }
}
