import OktaCatalog
import YAML

/// Plans models and enumerations, and the files that hold them.
struct ModelPlanner {
    private let catalog: Catalog
    private let resolver: TypeResolver
    private let models: [String: CatalogModel]
    private let extended: Set<String>
    private let writable: WritableModels
    private(set) var findings: [Diagnostic] = []

    init(catalog: Catalog, resolver: TypeResolver) {
        self.catalog = catalog
        self.resolver = resolver
        let all = catalog.modelFiles.flatMap(\.models)
        models = Dictionary(all.map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
        extended = Set(all.compactMap(\.extends?.value))
        writable = WritableModels(catalog: catalog)
    }

    mutating func files() -> [PlannedModelFile] {
        var files: [PlannedModelFile] = []
        var paths: [String: String] = [:]
        for file in catalog.modelFiles {
            let category = catalog.categories.first { $0.name.value == file.category.value }
            let folder = identifier(
                IdentifierWords(category?.swiftName?.value ?? file.category.value).upperCamelCase, for: file.category,
                what: "folder")
            var groups: [(name: String, types: [PlannedType])] = []
            func add(_ type: PlannedType, to group: String) {
                if let index = groups.firstIndex(where: { $0.name == group }) {
                    groups[index].types.append(type)
                } else {
                    groups.append((group, [type]))
                }
            }
            for model in file.models { add(.model(planned(model)), to: model.group) }
            for enumeration in file.enumerations { add(.enumeration(planned(enumeration)), to: enumeration.group) }
            for group in groups.sorted(by: { $0.name < $1.name }) {
                let path = "Models/\(folder)/\(group.name).swift"
                check(group.name, path: path, in: file, against: &paths)
                files.append(PlannedModelFile(path: path, folder: folder, types: group.types))
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
    private mutating func identifier(_ text: String, for origin: Located<String>, what: String) -> SwiftName {
        var names = NameRegistry()
        defer { findings += names.findings }
        return names.identifier(text, for: origin, what: what) ?? .reported
    }

    // MARK: Models

    private mutating func planned(_ model: CatalogModel) -> PlannedModel {
        let fields = plannedFields(of: model)
        let parentFields = inheritedFields(of: model, seen: [model.name.value])
        let own = Set(fields.map(\.wireName))
        let allFields = parentFields.filter { !own.contains($0.wireName) } + fields
        let initializerNames =
            model.initializer?.map(\.value)
            ?? model.fields.filter { $0.isRequired && !$0.isReadOnly }.map(\.name.value)
        return PlannedModel(
            name: resolver.name(model.name),
            documentation: documentation(of: model.documentation, name: model.name.value, noun: "object"),
            isOpen: model.isOpen,
            isExtended: extended.contains(model.name.value),
            parent: model.extends.map(resolver.name),
            fields: fields,
            allFields: allFields,
            initializer: initializerNames.compactMap { name in fields.first { $0.wireName == name } },
            discriminator: model.discriminator?.value,
            variants: variants(of: model),
            addsID: identifies(allFields) && !identifies(parentFields))
    }

    private func identifies(_ fields: [PlannedModel.Field]) -> Bool {
        fields.contains { $0.wireName == "id" && $0.type == .string }
    }

    private mutating func plannedFields(of model: CatalogModel) -> [PlannedModel.Field] {
        var names = NameRegistry()
        let fields = model.fields.map { field(in: model, $0, names: &names) }
        findings += names.findings
        return fields
    }

    private func inheritedFields(of model: CatalogModel, seen: Set<String>) -> [PlannedModel.Field] {
        guard let parent = model.extends.flatMap({ models[$0.value] }), !seen.contains(parent.name.value) else {
            return []
        }
        var ignored = NameRegistry()
        let fields = parent.fields.map { field(in: parent, $0, names: &ignored) }
        let own = Set(fields.map(\.wireName))
        return inheritedFields(of: parent, seen: seen.union([parent.name.value])).filter { !own.contains($0.wireName) }
            + fields
    }

    private func field(in model: CatalogModel, _ field: CatalogModel.Field, names: inout NameRegistry)
        -> PlannedModel.Field
    {
        let words = IdentifierWords(field.name.value)
        let swiftName = names.declare(
            SwiftIdentifier.member(field.swiftName?.value ?? words.lowerCamelCase),
            for: field.swiftName ?? field.name, what: "field")
        let type = resolver.type(field.type)
        var flags: [DocText] = []
        if field.isReadOnly { flags.append("read-only") }
        if field.isWriteOnly { flags.append("never sent back") }
        if field.isRequired { flags.append("required") }
        if field.isNullable { flags.append("may be null") }
        if field.isDeprecated { flags.append("deprecated") }
        let facts = FactsPhrase.phrase(type: type, constraints: field.constraints, flags: flags)
        let meaning = DocText.sentence(field.documentation ?? words.phrase)
        return PlannedModel.Field(
            wireName: field.name.value, swiftName: swiftName, type: type, isReadOnly: field.isReadOnly,
            hasSetter: writable.hasSetter(field, in: model), isRequired: field.isRequired,
            isNullable: field.isNullable, isDeprecated: field.isDeprecated, constraints: field.constraints,
            documentation: "\(DocText.capitalized(meaning)) \(DocText.capitalized(facts)).")
    }

    private mutating func variants(of model: CatalogModel) -> [PlannedModel.Variant] {
        var variants: [PlannedModel.Variant] = []
        for variant in model.variants where variant.model.value != model.name.value {
            let name = resolver.name(variant.model)
            if let index = variants.firstIndex(where: { $0.model == name }) {
                variants[index].values += [variant.value].compactMap { $0 }
            } else {
                variants.append(
                    .init(
                        values: [variant.value].compactMap { $0 }, model: name,
                        caseName: identifier(
                            SwiftIdentifier.member(IdentifierWords(name.bare).lowerCamelCase), for: variant.model,
                            what: "variant")))
            }
        }
        return variants
    }

    // MARK: Enumerations

    private mutating func planned(_ enumeration: CatalogEnumeration) -> PlannedEnumeration {
        var names = NameRegistry()
        let values = enumeration.values.map { value in
            let derived = IdentifierWords(Self.telling(value.value.value)).lowerCamelCase
            let swiftName = names.declare(
                SwiftIdentifier.member(value.swiftName?.value ?? derived), for: value.swiftName ?? value.value,
                what: "value")
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

    /// The part of a value that tells it from others: the end of a URN or address, and what follows `com.okta.`.
    private static func telling(_ value: String) -> String {
        let okta = "com.okta."
        if value.hasPrefix(okta) { return String(value.dropFirst(okta.count)) }
        guard value.hasPrefix("urn:") || value.hasPrefix("oasis:") || value.contains("://") else { return value }
        return value.split { $0 == ":" || $0 == "/" }.last.map(String.init) ?? value
    }

    private func documentation(of text: String?, name: String, noun: String) -> DocText {
        if let text { return DocText.sentence(text) }
        return "\(DocText.capitalized(DocText.prose(IdentifierWords(name).phrase)))."
    }
}
