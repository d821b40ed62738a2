import YAML

/// Resolves the names of models and enumerations, and of the fields, forms and values in them.
struct ModelNameResolver {
    private(set) var findings: [Diagnostic] = []
    private(set) var models: [String: SwiftNames.Model] = [:]
    private(set) var enumerations: [String: SwiftNames.Enumeration] = [:]

    init(catalog: Catalog, types: inout NameScope) {
        let all = catalog.modelFiles.flatMap(\.models)
        let extended = catalog.extendedModels
        for file in catalog.modelFiles {
            for model in file.models {
                let name = types.take("", pinned: model.name, for: model.name, as: .type)
                models[model.name.value] = models[model.name.value] ?? SwiftNames.Model(name: name)
            }
            for enumeration in file.enumerations {
                let name = types.take("", pinned: enumeration.name, for: enumeration.name, as: .type)
                let resolved =
                    enumeration.sameAs == nil ? values(of: enumeration, name: name) : .init(name: name)
                enumerations[enumeration.name.value] = enumerations[enumeration.name.value] ?? resolved
            }
        }
        for model in all {
            guard let name = models[model.name.value]?.name, name != .reported else { continue }
            if extended.contains(model.name.value) {
                types.takeDerived(
                    DerivedNames.fields(of: name), from: model.name,
                    hint: "choose another name; `…Fields` is reserved for a model that others extend")
            }
            if !model.variants.isEmpty {
                types.takeDerived(
                    DerivedNames.form(of: name), from: model.name,
                    hint: "choose another name; `…Form` is reserved for a model with variants")
            }
        }
        resolveFields(of: all.filter { $0.sameAs == nil })
        resolveCases(of: all)
        for (alias, target) in catalog.aliasTargets {
            let (fields, values) = (models[target]?.fields ?? [:], enumerations[target]?.values ?? [:])
            models[alias]?.fields = fields
            enumerations[alias]?.values = values
        }
    }

    private mutating func values(of enumeration: CatalogEnumeration, name: SwiftName) -> SwiftNames.Enumeration {
        var scope = NameScope()
        var names: [ExactText: SwiftName] = [:]
        for value in enumeration.values {
            let words = IdentifierWords(Self.distinguishingPart(of: value.value.value)).lowerCamelCase
            let name = scope.take(words, pinned: value.swiftName, for: value.value, as: .value)
            names[ExactText(value.value.value)] = name
        }
        findings += scope.findings
        return SwiftNames.Enumeration(name: name, values: names)
    }

    /// Returns the distinguishing part of a value: the end of a URN or URL, and the part after `com.okta.`.
    private static func distinguishingPart(of value: String) -> String {
        let okta = "com.okta."
        if value.hasPrefix(okta) { return String(value.dropFirst(okta.count)) }
        guard value.hasPrefix("urn:") || value.hasPrefix("oasis:") || value.contains("://") else { return value }
        return value.split { $0 == ":" || $0 == "/" }.last.map(String.init) ?? value
    }

    // MARK: Fields

    /// Resolves fields from each root model down to those that extend it, with one scope for the inherited names. Every
    /// field is visited once, regardless of the length of the chains.
    private mutating func resolveFields(of all: [CatalogModel]) {
        enum Step {
            case enter(CatalogModel)
            case leave([NameScope.Undo])
        }
        let declared = Dictionary(all.map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
        var children: [String: [CatalogModel]] = [:]
        var roots: [CatalogModel] = []
        for model in all {
            if let parent = model.extends?.value, declared[parent] != nil, parent != model.name.value {
                children[parent, default: []].append(model)
            } else {
                roots.append(model)
            }
        }
        var scope = NameScope()
        var seen: Set<String> = []
        // Models in a cycle have no root. They have been reported.
        for root in roots + all where !seen.contains(root.name.value) {
            var steps: [Step] = [.enter(root)]
            while let step = steps.popLast() {
                switch step {
                case .leave(let undos): for undo in undos.reversed() { scope.undo(undo) }
                case .enter(let model):
                    guard seen.insert(model.name.value).inserted else { continue }
                    steps.append(.leave(fields(of: model, in: &scope)))
                    steps += (children[model.name.value] ?? []).reversed().map { .enter($0) }
                }
            }
        }
        findings += scope.findings
    }

    private mutating func fields(of model: CatalogModel, in scope: inout NameScope) -> [NameScope.Undo] {
        let views = views(of: model)
        let reserved = Set(views.map(\.view.bare))
        var undos: [NameScope.Undo] = []
        var names: [ExactText: SwiftName] = [:]
        for field in model.fields {
            let words = IdentifierWords(field.name.value).lowerCamelCase
            let (name, undo) = scope.takeField(words, pinned: field.swiftName, for: field.name, besides: reserved)
            names[ExactText(field.name.value)] = name
            if let undo { undos.append(undo) }
        }
        models[model.name.value]?.fields.merge(names) { _, last in last }
        // Views are not inherited, so fields of extended models are not checked.
        for (view, form) in views where !undos.contains(where: { $0.name == view }) {
            scope.checkView(view, of: form)
        }
        return undos
    }

    /// Returns the views of a union without a discriminator.
    private func views(of model: CatalogModel) -> [(view: SwiftName, form: Located<String>)] {
        guard model.discriminator == nil else { return [] }
        return model.variants.compactMap { variant in
            SwiftName(variant.model.value).map { (DerivedNames.view(as: $0), variant.model) }
        }
    }

    // MARK: Cases

    private mutating func resolveCases(of all: [CatalogModel]) {
        var pinned: [String: Located<String>] = [:]
        var checks = NameScope()
        for model in all {
            guard let name = model.caseName, pinned[model.name.value] == nil else { continue }
            pinned[model.name.value] = name
            _ = checks.check(name, as: .form)
        }
        findings += checks.findings
        var resolver = CaseNameResolver(pinned: pinned)
        for model in all where !model.variants.isEmpty {
            models[model.name.value]?.cases = resolver.cases(of: model)
        }
        findings += resolver.findings
    }
}
