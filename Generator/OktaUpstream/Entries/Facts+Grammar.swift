import OktaCatalog
import YAML

// The facts of each kind of entry, in the order of the catalog's grammar.

extension TypeExpression {
    var node: YAMLNode {
        switch self {
        case .builtin(let type): .plain(type.rawValue)
        case .named(let name): .plain(name.value)
        case .array(let element): .flow([element.node])
        case .map(let value): .flow([YAMLEntry(key: .plain("map"), value: value.node)])
        }
    }
}

extension CatalogAction {
    /// The facts other than the parameters.
    var facts: [Fact] {
        var facts: [Fact] = []
        facts.add("upstream", upstream.map { .line($0) })
        facts.add("reference", reference.map { .line($0) })
        facts.add("hostPrefix", hostPrefix.map { .line($0.value) })
        facts.add("body", body?.node)
        facts.add("returns", returns?.node)
        if !otherReturns.isEmpty {
            let types = otherReturns.map { YAMLEntry(key: .plain(String($0.status)), value: $0.type.node) }
            facts.add("otherReturns", .flow(types))
        }
        if !alternatives.isEmpty {
            facts.add(
                "alternatives", .flow(alternatives.map { YAMLEntry(key: .text($0.media.value), value: $0.type.node) }))
        }
        facts.add("accept", accept.map { .line($0) })
        facts.add("success", .flow(successCodes.map { .plain(String($0)) }))
        facts.add("paging", paging?.node)
        facts.add("authorization", authorization.map { .plain($0.rawValue) })
        facts.add("scopes", scopes.isEmpty ? nil : .flow(scopes.map { .text($0) }))
        facts.add("lifecycle", lifecycle == .generallyAvailable ? nil : .plain(lifecycle.rawValue))
        facts.add("deprecated", if: deprecation != nil)
        return facts
    }
}

extension CatalogAction.Paging {
    fileprivate var node: YAMLNode {
        switch self {
        case .link: .plain("link")
        case .member(let name): .flow([YAMLEntry(key: .plain("items"), value: .text(name.value))])
        }
    }
}

extension CatalogAction.Body {
    fileprivate var node: YAMLNode {
        guard isOptional || !media.isEmpty else { return type.node }
        var facts = [Fact(key: "type", value: type.node)]
        facts.add("optional", if: isOptional)
        facts.add("media", media.isEmpty ? nil : .flow(media.map { .text($0) }))
        return facts.mapping
    }
}

extension CatalogParameter {
    var facts: [Fact] {
        var facts = [Fact(key: "in", value: .plain(place.rawValue)), Fact(key: "type", value: type.node)]
        facts.add("required", if: isRequired && place != .path)
        facts.add("explode", if: explodes)
        facts.add("deprecated", if: isDeprecated)
        return facts + constraints.facts(of: type)
    }
}

extension CatalogModel.Field {
    var facts: [Fact] {
        var facts = [Fact(key: "type", value: type.node)]
        facts.add("required", if: isRequired)
        facts.add("readOnly", if: isReadOnly)
        facts.add("writeOnly", if: isWriteOnly)
        facts.add("nullable", if: isNullable)
        facts.add("deprecated", if: isDeprecated)
        return facts + constraints.facts(of: type)
    }

    /// The field as a line of its model.
    var member: YAMLMember { YAMLMember(.text(name.value), .line(facts.mapping)) }
}

extension Constraints {
    fileprivate func facts(of type: TypeExpression) -> [Fact] {
        var facts: [Fact] = []
        facts.add("minimum", minimum.map { .plain($0) })
        facts.add("maximum", maximum.map { .plain($0) })
        facts.add("minLength", minimumLength.map { .plain(String($0)) })
        facts.add("maxLength", maximumLength.map { .plain(String($0)) })
        facts.add("pattern", pattern.map { .text($0) })
        facts.add("default", defaultValue.map { type.isText ? .text($0) : .plain($0) })
        return facts
    }
}

extension TypeExpression {
    fileprivate var isText: Bool {
        switch self {
        case .builtin(.integer), .builtin(.number), .builtin(.boolean): false
        default: true
        }
    }
}

extension UpstreamDeclaration {
    /// Returns the facts that an alias has too, which are the position in the document and the generated file.
    func placement(group: String) -> [Fact] {
        var facts = [Fact(key: "upstream", value: .line(upstream))]
        facts.add("group", group == name ? nil : .plain(group))
        return facts
    }

    /// Returns the facts other than variants, fields and values.
    func facts(group: String) -> [Fact] {
        var facts = placement(group: group)
        facts.add("extends", extends.map { .plain($0) })
        facts.add("open", if: isOpen)
        facts.add("discriminator", discriminator.map { .line($0) })
        return facts
    }

    /// The variants; nil if there are none.
    var variantsContent: YAMLContent? {
        let variants = statedVariants
        guard let first = variants.first else { return nil }
        guard first.value != nil else { return .line(.flow(variants.map { .plain($0.model) })) }
        return .members(variants.map { YAMLMember(.text($0.value ?? ""), .line(.plain($0.model))) })
    }

    /// Returns the complete entry of a new declaration, with a placeholder for its sentence.
    func member(group: String) -> YAMLMember {
        var facts = facts(group: group)
        facts.insert(
            Fact(key: "doc", value: .line(UnwrittenText.placeholder)), at: placement(group: group).count)
        var members = [YAMLMember(values == nil ? "model" : "enum", .line(.plain(name)))] + facts.map(\.member)
        if let variantsContent { members.append(YAMLMember("variants", variantsContent)) }
        if !fields.isEmpty { members.append(YAMLMember("fields", .members(fields.map(\.member)))) }
        if let values {
            members.append(YAMLMember("values", .members(values.map { YAMLMember(.line(.line($0))) })))
        }
        return YAMLMember(.members(members))
    }

    /// Returns whether another declaration has the same values or fields, so that one can be an alias of the other.
    func hasSameContents(as other: UpstreamDeclaration) -> Bool {
        guard isOpen == other.isOpen,
            [extends, other.extends, discriminator, other.discriminator] == [nil, nil, nil, nil],
            variants.isEmpty, other.variants.isEmpty, fields.count == other.fields.count,
            values.map(Set.init(texts:)) == other.values.map(Set.init(texts:))
        else { return false }
        let others = Dictionary(texts: other.fields.map { ($0.name.value, $0.facts.mapping) })
        return fields.allSatisfy { others[text: $0.name.value]?.isSame(as: $0.facts.mapping) == true }
    }
}
