import OktaCatalog
import YAML

/// Resolves facts that depend on other declarations, once all are known.
struct DeclarationSettlement {
    private(set) var declarations: [String: UpstreamDeclaration]
    private(set) var order: [String]
    /// Declarations that actions refer to directly.
    private let roots: Set<String>

    init(_ declarations: [String: UpstreamDeclaration], order: [String], roots: Set<String>) {
        self.declarations = declarations
        self.order = order
        self.roots = roots
        fillUnions()
        removeInherited()
        removeUnused()
    }

    /// Gives unions the fields that their variants share.
    private mutating func fillUnions() {
        for name in order {
            guard var declaration = declarations[name], declaration.variantFields != .none else { continue }
            let isUnion = declaration.fields.isEmpty || declaration.variantFields == .all
            guard isUnion, !declaration.variants.isEmpty else { continue }
            let variants = declaration.variants.compactMap { declarations[$0.model] }
            let own = Set(texts: declaration.fields.map(\.name.value))
            let byName = Dictionary(grouping: variants.flatMap { allFields(of: $0) }) { ExactText($0.name.value) }
            // The order of the variants differs between releases, so the fields are sorted by name.
            for name in byName.keys.sorted() where !own.contains(name) {
                guard let fields = byName[name], var shared = fields.first,
                    declaration.variantFields == .all || fields.count == variants.count,
                    fields.allSatisfy({ $0.type.notation == shared.type.notation })
                else { continue }
                shared.isRequired = false
                declaration.fields.append(shared)
            }
            if let discriminator = declaration.discriminator,
                !declaration.fields.contains(where: { $0.name.value.hasSameBytes(as: discriminator) })
            {
                let name = Located(discriminator, at: declaration.location)
                declaration.fields.insert(.init(name, type: .builtin(.string)), at: 0)
            }
            if declaration.variantFields == .all, variants.contains(where: \.isOpen) { declaration.isOpen = true }
            declarations[name] = declaration
        }
    }

    /// Removes unchanged inherited fields from models. A model is processed after the one that it extends.
    private mutating func removeInherited() {
        var heirs: [String: [String]] = [:]
        for name in order {
            if let parent = declarations[name]?.extends { heirs[parent, default: []].append(name) }
        }
        /// The types of a field and the discriminators up to the current model, with the nearest last.
        var types: [ExactText: [String]] = [:]
        var discriminators: [String] = []
        var steps = order.filter { declarations[$0]?.extends.map { declarations[$0] == nil } ?? true }
            .reversed().map { (name: $0, isLeft: false) }
        while let (name, isLeft) = steps.popLast() {
            guard var declaration = declarations[name] else { continue }
            if isLeft {
                for field in declaration.fields { _ = types[text: field.name.value]?.popLast() }
                if declaration.discriminator != nil { discriminators.removeLast() }
                continue
            }
            declaration.fields.removeAll { field in
                guard let inherited = types[text: field.name.value]?.last else { return false }
                return discriminators.contains { $0.hasSameBytes(as: field.name.value) }
                    || inherited == field.type.notation
            }
            declarations[name] = declaration
            for field in declaration.fields { types[text: field.name.value, default: []].append(field.type.notation) }
            if let discriminator = declaration.discriminator { discriminators.append(discriminator) }
            steps.append((name, true))
            steps += (heirs[name] ?? []).reversed().map { (name: $0, isLeft: false) }
        }
    }

    /// Removes enumerations that are no longer referenced, because the narrower type of a discriminator was removed
    /// with its field.
    private mutating func removeUnused() {
        let reachable = Set(declarations.values.flatMap(\.references))
        order.removeAll { name in
            guard let declaration = declarations[name], declaration.values != nil else { return false }
            let isNested = declaration.upstream.contains(".") && !reachable.contains(name)
            if isNested, !roots.contains(name) { declarations[name] = nil }
            return isNested && !roots.contains(name)
        }
    }

    /// Returns the fields of a declaration, inherited ones first.
    private func allFields(of declaration: UpstreamDeclaration) -> [CatalogModel.Field] {
        var seen: Set<ExactText> = []
        let levels = ([declaration] + ancestors(of: declaration)).map { level in
            level.fields.filter { seen.insert(text: $0.name.value) }
        }
        return levels.reversed().flatMap { $0 }
    }

    /// Returns the declarations that a declaration extends, the nearest first.
    private func ancestors(of declaration: UpstreamDeclaration) -> [UpstreamDeclaration] {
        var ancestors: [UpstreamDeclaration] = []
        var seen: Set<String> = [declaration.name]
        var next = declaration.extends
        while let name = next, seen.insert(name).inserted, let parent = declarations[name] {
            ancestors.append(parent)
            next = parent.extends
        }
        return ancestors
    }
}

/// The order of declarations in files. A declaration precedes those that it refers to, in the order of its references.
struct DeclarationOrder {
    private(set) var names: [String] = []

    /// - Parameters:
    ///   - declarations: The declarations by name.
    ///   - first: All names, in the order of discovery.
    init(of declarations: [String: UpstreamDeclaration], startingWith first: [String]) {
        var seen: Set<String> = []
        for start in first {
            var waiting = [start]
            while let name = waiting.popLast() {
                guard let declaration = declarations[name], seen.insert(name).inserted else { continue }
                names.append(name)
                waiting += declaration.met.reversed()
            }
        }
    }
}
