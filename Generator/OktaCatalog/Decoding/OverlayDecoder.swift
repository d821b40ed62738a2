import YAML

/// Decodes `overlay.yaml`.
struct OverlayDecoder {
    private(set) var findings: [Diagnostic] = []

    mutating func overlay(from node: YAMLNode) -> CatalogOverlay {
        var reader = MappingReader(node, as: "the overlay", keys: ["corrections"])
        defer { findings += reader.findings }
        guard let list = reader["corrections"] else {
            reader.reportMissing("corrections")
            return CatalogOverlay()
        }
        guard let elements = list.elements else {
            reader.reportType(list, "`corrections`", expected: "a list of corrections")
            return CatalogOverlay()
        }
        return CatalogOverlay(corrections: elements.compactMap { correction(from: $0) })
    }

    private mutating func correction(from node: YAMLNode) -> CatalogOverlay.Correction? {
        let isEnumeration = node["enum"] != nil
        var reader = MappingReader(
            node, as: "a correction",
            keys: (isEnumeration ? ["enum", "values"] : ["model", "open", "variants", "fields"]) + [
                "reason", "evidence",
            ])
        defer { findings += reader.findings }
        // The reason is required only for readers, so that the purpose of a correction stays known.
        _ = reader.requiredString("reason")
        let evidence = reader.requiredString("evidence")
        let name = reader.requiredString(isEnumeration ? "enum" : "model")
        let target = isEnumeration ? enumeration(name, &reader) : model(name, &reader)
        guard let target, let evidence else { return nil }
        return CatalogOverlay.Correction(target: target, evidence: evidence)
    }

    private mutating func enumeration(
        _ name: Located<String>?, _ reader: inout MappingReader
    ) -> CatalogOverlay.Correction.Target? {
        guard let list = reader["values"] else {
            reader.reportMissing("values")
            return nil
        }
        var decoder = ModelDecoder()
        let values = decoder.values(in: list, keys: ["value", "swift", "doc"], &reader)
        findings += decoder.findings
        return name.map { .enumeration($0, values: values) }
    }

    private mutating func model(
        _ name: Located<String>?, _ reader: inout MappingReader
    ) -> CatalogOverlay.Correction.Target? {
        var correction = CatalogOverlay.ModelCorrection(
            opened: opened(&reader), variants: ModelDecoder().variants(in: reader["variants"], &reader))
        guard let list = reader["fields"] else {
            // A correction may only open a model, or add variants to a union.
            let isEmpty = correction.opened == nil && correction.variants.isEmpty
            if isEmpty { reader.reportMissing("fields") }
            return isEmpty ? nil : name.map { .model($0, correction) }
        }
        guard let entries = list.entries else {
            reader.reportType(list, "`fields`", expected: "a mapping from names to corrections")
            return nil
        }
        correction.fields = entries.compactMap { field(named: $0.key, from: $0.value) }
        return name.map { .model($0, correction) }
    }

    /// Returns the location of `open: true`. A correction cannot close a model, because callers may use its open
    /// members.
    private func opened(_ reader: inout MappingReader) -> SourceLocation? {
        guard let isOpen = reader.boolean("open"), let location = reader["open"]?.location else { return nil }
        if !isOpen {
            reader.report(
                Diagnostic(
                    rule: "unknown-value", "a correction can open a model, but not close it", at: location,
                    hint: "remove `open`"))
        }
        return isOpen ? location : nil
    }

    private mutating func field(named key: YAMLNode, from node: YAMLNode) -> CatalogOverlay.FieldCorrection? {
        var reader = MappingReader(
            node, as: "a field's correction", keys: ["type", "nullable", "required", "default", "doc"])
        defer { findings += reader.findings }
        guard let name = reader.string(in: key, as: "a field's name"), reader.isMapping else { return nil }
        return CatalogOverlay.FieldCorrection(
            name: name, type: reader.type("type"), isNullable: reader.boolean("nullable"),
            isRequired: reader.boolean("required"), defaultValue: reader.scalarText("default"),
            documentation: reader.string("doc")?.value, location: node.location)
    }
}
