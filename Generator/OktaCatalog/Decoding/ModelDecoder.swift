import YAML

/// Decodes one file of `models`.
struct ModelDecoder {
    private(set) var findings: [Diagnostic] = []
    /// Whether the names of some models or enumerations could not be decoded.
    private(set) var hasLostNames = false

    mutating func modelFile(from node: YAMLNode) -> Catalog.ModelFile? {
        var reader = MappingReader(node, as: "a model file", keys: ["category", "models"])
        defer { findings += reader.findings }
        guard let category = reader.requiredString("category") else { return nil }
        var file = Catalog.ModelFile(category: category, models: [], enumerations: [], path: node.location.file)
        guard let list = reader["models"] else {
            reader.reportMissing("models")
            hasLostNames = true
            return file
        }
        guard let elements = list.elements else {
            reader.reportType(list, "`models`", expected: "a list of models and enumerations")
            hasLostNames = true
            return file
        }
        for element in elements {
            if element["enum"] != nil {
                if let enumeration = enumeration(from: element) {
                    file.enumerations.append(enumeration)
                } else {
                    hasLostNames = true
                }
            } else if let model = model(from: element) {
                file.models.append(model)
            } else {
                hasLostNames = true
            }
        }
        return file
    }

    private mutating func model(from node: YAMLNode) -> CatalogModel? {
        var reader = MappingReader(node, as: "a model", keys: EntryKeys.model.order)
        defer { findings += reader.findings }
        guard let name = reader.requiredString("model") else { return nil }
        // Used only by the update; it must still be valid here.
        _ = reader.pinned(among: .model)
        let sameAs = sameAs(besides: EntryKeys.modelContents, &reader)
        return CatalogModel(
            name: name,
            upstream: reader.string("upstream"),
            sameAs: sameAs,
            group: reader.string("group")?.value ?? name.value,
            documentation: reader.string("doc")?.value,
            extends: reader.string("extends"),
            isOpen: reader.boolean("open") ?? false,
            discriminator: reader.string("discriminator"),
            variants: variants(in: reader["variants"], &reader),
            caseName: reader.string("case"),
            initializer: reader["init"] == nil ? nil : reader.strings("init"),
            fields: fields(&reader),
            location: node.location)
    }

    /// The variants of a union, or those that an overlay adds.
    func variants(in node: YAMLNode?, _ reader: inout MappingReader) -> [CatalogModel.Variant] {
        guard let node else { return [] }
        if let entries = node.entries {
            return entries.compactMap { entry in
                guard let value = reader.string(in: entry.key, as: "a variant's value"),
                    let model = reader.string(in: entry.value, as: "a variant's model")
                else { return nil }
                return .init(value: value.value, model: model)
            }
        }
        return reader.strings("variants").map { .init(value: nil, model: $0) }
    }

    private mutating func fields(_ reader: inout MappingReader) -> [CatalogModel.Field] {
        reader.entries("fields", expected: "a mapping from names to fields").compactMap {
            field(named: $0.key, from: $0.value)
        }
    }

    private mutating func field(named key: YAMLNode, from node: YAMLNode) -> CatalogModel.Field? {
        var reader = MappingReader(node, as: "a field", keys: EntryKeys.field.order)
        defer { findings += reader.findings }
        guard let name = reader.string(in: key, as: "a field's name"), reader.isMapping else { return nil }
        if reader["type"] == nil { reader.reportMissing("type") }
        guard let type = reader.type("type") else { return nil }
        return CatalogModel.Field(
            name: name, type: type,
            isRequired: reader.boolean("required") ?? false,
            isReadOnly: reader.boolean("readOnly") ?? false,
            isWriteOnly: reader.boolean("writeOnly") ?? false,
            isNullable: reader.boolean("nullable") ?? false,
            isDeprecated: reader.boolean("deprecated") ?? false,
            constraints: reader.constraints(),
            swiftName: reader.string("swift"),
            documentation: reader.string("doc")?.value,
            pinned: reader.pinned(among: .field))
    }

    private mutating func enumeration(from node: YAMLNode) -> CatalogEnumeration? {
        var reader = MappingReader(node, as: "an enumeration", keys: EntryKeys.enumeration.order)
        defer { findings += reader.findings }
        guard let name = reader.requiredString("enum") else { return nil }
        _ = reader.pinned(among: .enumeration)
        var values: [CatalogEnumeration.Value] = []
        if let list = reader["values"] {
            values = self.values(in: list, &reader)
        } else if reader["sameAs"] == nil {
            reader.reportMissing("values")
        }
        return CatalogEnumeration(
            name: name, upstream: reader.string("upstream"), sameAs: sameAs(besides: ["values"], &reader),
            group: reader.string("group")?.value ?? name.value,
            documentation: reader.string("doc")?.value, values: values, location: node.location)
    }

    /// The declaration that this one is an alias of, which then has no contents.
    private func sameAs(besides contents: [String], _ reader: inout MappingReader) -> Located<String>? {
        guard let target = reader.string("sameAs") else { return nil }
        for key in contents {
            guard let node = reader[key] else { continue }
            reader.report(
                Diagnostic(
                    rule: "alias-with-contents",
                    "a declaration that is the same as `\(target.value)` cannot have `\(key)`", at: node.location,
                    hint: "remove `\(key)`, or `sameAs`"))
        }
        return target
    }

    /// The values of an enumeration, or those that an overlay adds.
    mutating func values(in list: YAMLNode, _ reader: inout MappingReader) -> [CatalogEnumeration.Value] {
        guard let elements = list.elements else {
            reader.reportType(list, "`values`", expected: "a list of values")
            return []
        }
        return elements.compactMap { value(from: $0, &reader) }
    }

    private mutating func value(from node: YAMLNode, _ reader: inout MappingReader) -> CatalogEnumeration.Value? {
        guard node.entries != nil else {
            return reader.string(in: node, as: "a value").map { .init(value: $0) }
        }
        var value = MappingReader(node, as: "a value", keys: ["value", "swift", "doc"])
        defer { findings += value.findings }
        guard let text = value.requiredString("value") else { return nil }
        return .init(value: text, swiftName: value.string("swift"), documentation: value.string("doc")?.value)
    }
}
