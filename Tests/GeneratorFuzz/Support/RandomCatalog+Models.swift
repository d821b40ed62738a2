import YAML

/// The models, enumerations and aliases.
extension RandomCatalog {
    mutating func addModels(categories: [String]) {
        var lists: [String: [YAMLNode]] = [:]
        for (index, name) in models.enumerated() {
            lists[random.pick(categories + ["Shared"]) ?? "Shared", default: []].append(model(name, index))
        }
        for name in enumerations {
            lists[random.pick(categories + ["Shared"]) ?? "Shared", default: []].append(enumeration(name))
        }
        if let plainModel {
            lists["Shared", default: []].append(model(plainModel, models.count, isPlain: true))
        }
        for (name, target) in aliases {
            var entries: [(String, YAMLNode)] = [(target == plainModel ? "model" : "enum", .text(name))]
            // An update compares an alias with its target, which must also be in the document.
            if described.contains(target), once(2) { entries.append(("upstream", .text(name))) }
            entries += documentation() + [("sameAs", .text(target))]
            lists[random.pick(categories + ["Shared"]) ?? "Shared", default: []].append(.mapping(entries))
        }
        for (category, list) in lists {
            let file = categories.firstIndex(of: category).map { "file\($0)" } ?? "shared"
            files["models/\(file).yaml"] = .mapping([("category", .text(category)), ("models", .list(list))])
        }
    }

    private mutating func model(_ name: String, _ index: Int, isPlain: Bool = false) -> YAMLNode {
        var entries: [(String, YAMLNode)] = [("model", .text(name))]
        if once(2) { entries.append(upstream(of: name)) }
        if once(4) { entries.append(("group", .text("Group\(index)"))) }
        if once(2) { entries.append(("doc", sentence())) }
        if index > 0, !isPlain, once(4) { entries.append(("extends", .text(models[index - 1]))) }
        if once(4) { entries.append(("open", true)) }
        var fields: [(String, YAMLNode)] = []
        for number in 0..<random.number(0...6) {
            let field = texts.name(notIn: fields.map(\.0))
            var facts: [(String, YAMLNode)] = [("type", type())]
            for flag in ["required", "readOnly", "writeOnly", "nullable", "deprecated"] where once(6) {
                facts.append((flag, true))
            }
            facts += constraints()
            if once(6) { facts.append(("pinned", .list(["type"]))) }
            facts.append(("swift", .text("field\(index)x\(number)")))
            fields.append((field, .mapping(facts + documentation())))
        }
        if let first = fields.first, once(4) { entries.append(("init", .list([.text(first.0)]))) }
        if once(5), models.count > index + 1 {
            let variant = models[index + 1]
            if once(2) {
                entries += [("discriminator", "kind"), ("variants", .mapping([("A b", .text(variant))]))]
            } else {
                entries.append(("variants", .list([.text(variant)])))
            }
        }
        if !fields.isEmpty { entries.append(("fields", .mapping(fields))) }
        return .mapping(entries)
    }

    private mutating func upstream(of name: String) -> (String, YAMLNode) {
        described.insert(name)
        return ("upstream", .text(name))
    }

    private mutating func enumeration(_ name: String) -> YAMLNode {
        var values: [String] = []
        for _ in 0..<random.number(1...5) { values.append(texts.value(notIn: values)) }
        let nodes = values.enumerated().map { index, value -> YAMLNode in
            .mapping([("value", .text(value)), ("swift", .text("value\(index)"))] + documentation())
        }
        var entries: [(String, YAMLNode)] = [("enum", .text(name))]
        if once(3) { entries.append(upstream(of: name)) }
        if once(2) { entries.append(("doc", sentence())) }
        return .mapping(entries + [("values", .list(nodes))])
    }
}
