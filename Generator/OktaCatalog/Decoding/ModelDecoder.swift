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
                guard let (enumeration, isRemoved) = enumeration(from: element) else {
                    hasLostNames = true
                    continue
                }
                if isRemoved {
                    file.removedEnumerations.append(enumeration)
                } else {
                    file.enumerations.append(enumeration)
                }
            } else if let (model, isRemoved) = model(from: element) {
                if isRemoved { file.removedModels.append(model) } else { file.models.append(model) }
            } else {
                hasLostNames = true
            }
        }
        return file
    }

    private mutating func model(from node: YAMLNode) -> (CatalogModel, isRemoved: Bool)? {
        var reader = MappingReader(node, as: "a model", keys: EntryKeys.model.order)
        defer { findings += reader.findings }
        guard let name = reader.requiredString("model") else { return nil }
        // Only the update uses this value, but it must be valid.
        _ = reader.pinned(among: .model)
        let sameAs = sameAs(besides: EntryKeys.modelContents, &reader)
        let fields = fields(&reader)
        let model = CatalogModel(
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
            fields: fields.filter { !$0.isRemoved }.map(\.field),
            removedFields: fields.filter(\.isRemoved).map(\.field),
            location: node.location)
        return (model, reader.isRemoved)
    }

    /// Returns the variants of a union, or those that an overlay adds.
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

    private mutating func fields(_ reader: inout MappingReader) -> [(field: CatalogModel.Field, isRemoved: Bool)] {
        reader.entries("fields", expected: "a mapping from names to fields").compactMap {
            field(named: $0.key, from: $0.value)
        }
    }

    private mutating func field(
        named key: YAMLNode, from node: YAMLNode
    ) -> (field: CatalogModel.Field, isRemoved: Bool)? {
        var reader = MappingReader(node, as: "a field", keys: EntryKeys.field.order)
        defer { findings += reader.findings }
        guard let name = reader.string(in: key, as: "a field's name"), reader.isMapping else { return nil }
        if reader["type"] == nil { reader.reportMissing("type") }
        guard let type = reader.type("type") else { return nil }
        let field = CatalogModel.Field(
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
        return (field, reader.isRemoved)
    }

    private mutating func enumeration(from node: YAMLNode) -> (CatalogEnumeration, isRemoved: Bool)? {
        var reader = MappingReader(node, as: "an enumeration", keys: EntryKeys.enumeration.order)
        defer { findings += reader.findings }
        guard let name = reader.requiredString("enum") else { return nil }
        _ = reader.pinned(among: .enumeration)
        var values: [CatalogEnumeration.Value] = []
        if let list = reader["values"] {
            values = self.values(in: list, &reader)
        } else if reader["sameAs"]?.isRemoved ?? true {
            reader.reportMissing("values")
        }
        let enumeration = CatalogEnumeration(
            name: name, upstream: reader.string("upstream"), sameAs: sameAs(besides: ["values"], &reader),
            group: reader.string("group")?.value ?? name.value,
            documentation: reader.string("doc")?.value, values: values, location: node.location)
        return (enumeration, reader.isRemoved)
    }

    /// Reads the target of an alias, which has no contents; nil for a former alias, which has contents since Okta's
    /// document changed one of the two declarations.
    private mutating func sameAs(besides contents: [String], _ reader: inout MappingReader) -> Located<String>? {
        if let node = reader["sameAs"], node.entries != nil {
            var former = MappingReader(node, as: "a former alias", keys: ["name", EntryKeys.removed])
            defer { findings += former.findings }
            let target = former.requiredString("name")
            if !former.isRemoved { former.reportMissing(EntryKeys.removed) }
            return former.isRemoved ? nil : target
        }
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

    /// Returns the values of an enumeration, or those that an overlay adds.
    mutating func values(
        in list: YAMLNode, keys: [String] = EntryKeys.value.order, _ reader: inout MappingReader
    ) -> [CatalogEnumeration.Value] {
        guard let elements = list.elements else {
            reader.reportType(list, "`values`", expected: "a list of values")
            return []
        }
        return elements.compactMap { value(from: $0, keys: keys, &reader) }
    }

    private mutating func value(
        from node: YAMLNode, keys: [String], _ reader: inout MappingReader
    ) -> CatalogEnumeration.Value? {
        guard node.entries != nil else {
            return reader.string(in: node, as: "a value").map { .init(value: $0) }
        }
        var value = MappingReader(node, as: "a value", keys: keys)
        defer { findings += value.findings }
        guard let text = value.requiredString("value") else { return nil }
        let decoded = CatalogEnumeration.Value(
            value: text, swiftName: value.string("swift"), documentation: value.string("doc")?.value)
        return value.isRemoved ? nil : decoded
    }
}
