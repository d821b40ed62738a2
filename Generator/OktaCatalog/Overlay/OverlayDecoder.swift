import YAML

/// Reads `overlay.yaml`.
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
            keys: (isEnumeration ? ["enum", "values"] : ["model", "fields"]) + ["reason", "evidence"])
        defer { findings += reader.findings }
        // Read for its own sake: nobody can tell later why a correction without a reason stands there.
        _ = reader.requiredString("reason")
        let evidence = reader.requiredString("evidence")
        let name = reader.requiredString(isEnumeration ? "enum" : "model")
        let content = isEnumeration ? "values" : "fields"
        guard let list = reader[content] else {
            reader.reportMissing(content)
            return nil
        }
        let target: CatalogOverlay.Correction.Target?
        if isEnumeration {
            var decoder = ModelDecoder()
            let values = decoder.values(in: list, &reader)
            findings += decoder.findings
            target = name.map { .enumeration($0, values: values) }
        } else if let entries = list.entries {
            let fields = entries.compactMap { field(named: $0.key, from: $0.value) }
            target = name.map { .model($0, fields: fields) }
        } else {
            reader.reportType(list, "`fields`", expected: "a mapping from names to corrections")
            target = nil
        }
        guard let target, let evidence else { return nil }
        return CatalogOverlay.Correction(target: target, evidence: evidence)
    }

    private mutating func field(named key: YAMLNode, from node: YAMLNode) -> CatalogOverlay.FieldCorrection? {
        var reader = MappingReader(
            node, as: "a field's correction", keys: ["type", "nullable", "required", "doc"])
        defer { findings += reader.findings }
        guard let name = reader.string(in: key, as: "a field's name"), reader.isMapping else { return nil }
        return CatalogOverlay.FieldCorrection(
            name: name, type: reader.type("type"), isNullable: reader.boolean("nullable"),
            isRequired: reader.boolean("required"), documentation: reader.string("doc")?.value, location: node.location)
    }
}
