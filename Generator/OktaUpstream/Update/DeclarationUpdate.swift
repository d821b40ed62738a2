import OktaCatalog
import YAML

/// Updates one model or enumeration of the catalog to Okta's document.
struct DeclarationUpdate {
    let declaration: ImportedDeclaration
    /// The generated file that holds it.
    let group: String
    /// What the document says about the declaration that this one is an alias of.
    var target: ImportedDeclaration?

    /// The subject for a report.
    var subject: UpdateReport.Change.Subject { declaration.values == nil ? .model : .enumeration }

    func apply(to node: YAMLNode, _ entry: inout EntryUpdate, report: inout UpdateReport) {
        var facts = [(key: "upstream", value: YAMLText.scalar(declaration.upstream, inFlow: false))]
        if group != declaration.name { facts.append(("group", group)) }
        let isAlias = node["sameAs"] != nil
        if isAlias, target.map(declaration.hasSameContents) == true {
            _ = entry.update(node, to: facts, keys: .declaration)
            return
        }
        if isAlias {
            entry.remove("sameAs", from: node)
            report.note(subject, declaration.name, "fact", EntryUpdate.Changes(removed: ["sameAs"]))
        }
        if let extends = declaration.extends { facts.append(("extends", extends)) }
        if declaration.isOpen { facts.append(("open", "true")) }
        if let discriminator = declaration.discriminator {
            facts.append(("discriminator", YAMLText.scalar(discriminator, inFlow: false)))
        }
        // The position in the document, and the generated file, are not of interest to users.
        let keys = entry.update(node, to: facts, keys: .declaration).filter { $0 != "upstream" && $0 != "group" }
        report.note(subject, declaration.name, "fact", EntryUpdate.Changes(changed: keys))
        updateVariants(of: node, &entry, report: &report)
        if let values = declaration.values {
            guard let list = node["values"] else {
                guard isAlias else { return }
                let lines = values.map { "- \(YAMLText.scalar($0, inFlow: false))" }
                return entry.set("values", of: node, to: .members(lines), keys: .declaration)
            }
            let members = values.map { EntryUpdate.Member(name: $0, line: YAMLText.scalar($0, inFlow: false)) }
            report.note(subject, declaration.name, "value", entry.update(list, to: members))
        } else {
            updateFields(of: node, &entry, report: &report)
        }
    }

    private func updateFields(of node: YAMLNode, _ entry: inout EntryUpdate, report: inout UpdateReport) {
        let members = declaration.fields.map {
            EntryUpdate.Member(name: $0.name, line: $0.line, facts: $0.entries)
        }
        if let fields = node["fields"], fields.entries?.isEmpty == false {
            if members.isEmpty, !fields.isFlow, fields.items.allSatisfy({ $0.value.pinnedKeys.isEmpty }) {
                entry.remove("fields", from: node)
                report.note(subject, declaration.name, "field", .init(removed: fields.items.map(\.name)))
            } else {
                report.note(subject, declaration.name, "field", entry.update(fields, to: members))
            }
        } else if !members.isEmpty {
            let sorted = members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            entry.set("fields", of: node, to: .members(sorted.map(\.line)), keys: .declaration)
            report.note(subject, declaration.name, "field", .init(added: sorted.map(\.name)))
        }
    }

    private func updateVariants(of node: YAMLNode, _ entry: inout EntryUpdate, report: inout UpdateReport) {
        let hasValues = declaration.variants.contains { $0.value != nil }
        let standing = node["variants"]
        if let standing, !declaration.variants.isEmpty, (standing.entries != nil) == hasValues {
            let members = declaration.variants.compactMap { variant -> EntryUpdate.Member? in
                guard hasValues else { return .init(name: variant.model, line: variant.model) }
                return variant.value.map {
                    .init(name: $0, line: "\(YAMLText.scalar($0)): \(variant.model)", value: variant.model)
                }
            }
            report.note(subject, declaration.name, "form", entry.update(standing, to: members))
            return
        }
        if let standing {
            report.note(subject, declaration.name, "form", .init(removed: standing.items.map(\.name)))
        }
        guard let variants = declaration.variantsValue else { return entry.remove("variants", from: node) }
        entry.set("variants", of: node, to: variants, keys: .declaration)
        report.note(
            subject, declaration.name, "form", .init(added: declaration.variants.map { $0.value ?? $0.model }))
    }
}
