import OktaCatalog
import YAML

/// Updates one model or enumeration of the catalog to Okta's document.
struct DeclarationUpdate {
    let declaration: UpstreamDeclaration
    /// The generated file that contains the declaration.
    let group: String
    /// The facts of the declaration that this one is an alias of.
    var target: UpstreamDeclaration?

    /// The subject for a report.
    var subject: UpdateReport.Change.Subject { declaration.values == nil ? .model : .enumeration }

    func apply(to node: YAMLNode, _ edits: inout YAMLEdits, report: inout UpdateReport) {
        if node.isRemoved { edits.restore(node) }
        let isAlias = node["sameAs"]?.scalar != nil
        let isSame = target.map(declaration.hasSameContents) == true
        if isSame, isAlias || becomesAliasAgain(node, &edits, report: &report) {
            _ = edits.update(node, to: declaration.placement(group: group), keys: .declaration)
            return
        }
        if isAlias, let name = node["sameAs"] {
            let former = [Fact(key: "name", value: name), Fact(key: EntryKeys.removed, value: .plain("true"))]
            edits.set("sameAs", of: node, to: .line(former.mapping), keys: .declaration)
            report.note(subject, declaration.name, "fact", .init(removed: ["sameAs"]))
        }
        // The position in the document, and the generated file, are not of interest to users.
        let keys = edits.update(node, to: declaration.facts(group: group), keys: .declaration).filter {
            $0 != "upstream" && $0 != "group"
        }
        report.note(subject, declaration.name, "fact", .init(changed: keys))
        updateVariants(of: node, &edits, report: &report)
        if let values = declaration.values {
            let targets = values.map { YAMLEdits.Target(name: $0, member: YAMLMember(.line(.line($0)))) }
            guard let list = node["values"] else {
                guard isAlias else { return }
                return edits.set("values", of: node, to: .members(targets.map(\.member)), keys: .declaration)
            }
            report.note(subject, declaration.name, "value", edits.update(list, to: targets, keepsOrder: false))
        } else {
            updateFields(of: node, &edits, report: &report)
        }
    }

    /// Turns a former alias into an alias again, unless its contents have handwritten parts.
    private func becomesAliasAgain(_ node: YAMLNode, _ edits: inout YAMLEdits, report: inout UpdateReport) -> Bool {
        guard let former = node["sameAs"], former.isRemoved, let name = former["name"]?.scalar, !node.hasWrittenMember,
            node["case"] == nil, node["init"] == nil
        else { return false }
        for key in EntryKeys.modelContents + ["values"] { edits.remove(key, from: node) }
        edits.set("sameAs", of: node, to: .line(.plain(name)), keys: .declaration)
        report.note(subject, declaration.name, "fact", .init(added: ["sameAs"]))
        return true
    }

    private func updateFields(of node: YAMLNode, _ edits: inout YAMLEdits, report: inout UpdateReport) {
        let targets = declaration.fields.map {
            YAMLEdits.Target(name: $0.name.value, member: $0.member, facts: $0.facts)
        }
        if let fields = node["fields"], fields.entries?.isEmpty == false {
            if targets.isEmpty, !fields.isFlow, !fields.items.contains(where: { $0.value.isWrittenMember }) {
                edits.remove("fields", from: node)
                report.note(subject, declaration.name, "field", .init(removed: fields.items.map(\.name)))
            } else {
                report.note(subject, declaration.name, "field", edits.update(fields, to: targets))
            }
        } else if !targets.isEmpty {
            let sorted = targets.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            edits.set("fields", of: node, to: .members(sorted.map(\.member)), keys: .declaration)
            report.note(subject, declaration.name, "field", .init(added: sorted.map(\.name)))
        }
    }

    private func updateVariants(of node: YAMLNode, _ edits: inout YAMLEdits, report: inout UpdateReport) {
        let variants = declaration.statedVariants
        let hasValues = variants.first?.value != nil
        let standing = node["variants"]
        if let standing, !variants.isEmpty, (standing.entries != nil) == hasValues {
            let targets = variants.map { variant in
                let model = YAMLNode.plain(variant.model)
                guard let value = variant.value else {
                    return YAMLEdits.Target(name: variant.model, member: YAMLMember(.line(model)))
                }
                return YAMLEdits.Target(name: value, member: YAMLMember(.text(value), .line(model)), value: model)
            }
            report.note(subject, declaration.name, "form", edits.update(standing, to: targets, keepsOrder: false))
            return
        }
        if let standing {
            report.note(subject, declaration.name, "form", .init(removed: standing.items.map(\.name)))
        }
        guard let content = declaration.variantsContent else { return edits.remove("variants", from: node) }
        edits.set("variants", of: node, to: content, keys: .declaration)
        report.note(subject, declaration.name, "form", .init(added: variants.map { $0.value ?? $0.model }))
    }
}
