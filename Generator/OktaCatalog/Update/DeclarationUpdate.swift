import YAML

/// Brings one model or enumeration of the catalog to what Okta's document says of it.
struct DeclarationUpdate {
    let declaration: ImportedDeclaration
    /// The generated file that holds it.
    let group: String

    /// The subject that a report names.
    var subject: UpdateReport.Change.Subject { declaration.values == nil ? .model : .enumeration }

    func apply(to node: YAMLNode, _ entry: inout EntryUpdate, report: inout UpdateReport) {
        var facts = [(key: "upstream", value: YAMLText.scalar(declaration.upstream, inFlow: false))]
        if group != declaration.name { facts.append(("group", group)) }
        if let extends = declaration.extends { facts.append(("extends", extends)) }
        if declaration.isOpen { facts.append(("open", "true")) }
        if let discriminator = declaration.discriminator {
            facts.append(("discriminator", YAMLText.scalar(discriminator, inFlow: false)))
        }
        // Where the document describes it, and the file that it is generated into, is no news to those who use it.
        let keys = entry.update(node, to: facts, keys: .declaration).filter { $0 != "upstream" && $0 != "group" }
        report.note(subject, declaration.name, "fact", EntryUpdate.Changes(changed: keys))
        updateVariants(of: node, &entry, report: &report)
        if let values = declaration.values {
            guard let list = node["values"] else { return }
            let members = values.map {
                EntryUpdate.Member(name: $0, line: YAMLText.scalar($0, inFlow: list.isFlow))
            }
            report.note(subject, declaration.name, "value", entry.update(list, to: members))
        } else {
            updateFields(of: node, &entry, report: &report)
        }
    }

    private func updateFields(of node: YAMLNode, _ entry: inout EntryUpdate, report: inout UpdateReport) {
        let members = declaration.fields.map {
            EntryUpdate.Member(name: $0.name, line: $0.line, facts: $0.entries)
        }
        if let fields = node["fields"], fields.entries != nil {
            let isEmptied = members.isEmpty && fields.items.allSatisfy { $0.value.pinnedKeys.isEmpty }
            if isEmptied, !fields.isFlow, let whole = node.entries?.first(where: { $0.name == "fields" }) {
                entry.edits.removeLines(whole.key.location.start.line...whole.lastLine)
                report.note(subject, declaration.name, "field", .init(removed: fields.items.map(\.name)))
            } else {
                report.note(subject, declaration.name, "field", entry.update(fields, to: members))
            }
        } else if !members.isEmpty {
            let sorted = members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            entry.insert(
                lines: ["fields:"] + sorted.map { "  \($0.line)" }, key: "fields", into: node, keys: .declaration)
            report.note(subject, declaration.name, "field", .init(added: sorted.map(\.name)))
        }
    }

    private func updateVariants(of node: YAMLNode, _ entry: inout EntryUpdate, report: inout UpdateReport) {
        let hasValues = declaration.variants.contains { $0.value != nil }
        let standing = node.entries?.first { $0.name == "variants" }
        if let standing, !declaration.variants.isEmpty, (standing.value.entries != nil) == hasValues {
            let members = declaration.variants.compactMap { variant -> EntryUpdate.Member? in
                guard hasValues else { return .init(name: variant.model, line: variant.model) }
                return variant.value.map {
                    let line = "\(YAMLText.scalar($0, inFlow: standing.value.isFlow)): \(variant.model)"
                    return .init(name: $0, line: line, value: variant.model)
                }
            }
            report.note(subject, declaration.name, "form", entry.update(standing.value, to: members))
            return
        }
        if let standing {
            entry.edits.removeLines(standing.key.location.start.line...standing.lastLine)
            report.note(subject, declaration.name, "form", .init(removed: standing.value.items.map(\.name)))
        }
        guard !declaration.variants.isEmpty else { return }
        entry.insert(lines: declaration.variantLines, key: "variants", into: node, keys: .declaration)
        report.note(
            subject, declaration.name, "form", .init(added: declaration.variants.map { $0.value ?? $0.model }))
    }
}
