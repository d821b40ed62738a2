/// What declarations have of each other, which can be told once all are known.
struct DeclarationSettlement {
    private(set) var declarations: [String: ImportedDeclaration]
    private(set) var order: [String]
    /// Declarations that actions refer to directly.
    private let roots: Set<String>

    init(_ declarations: [String: ImportedDeclaration], order: [String], roots: Set<String>) {
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
            let all = variants.map { allFields(of: $0) }
            var shared: [ImportedDeclaration.Field] = []
            for fields in all {
                for field in fields where !declaration.fields.contains(where: { $0.name == field.name }) {
                    let others = all.compactMap { $0.first { $0.name == field.name } }
                    let agree = others.allSatisfy { $0.type.notation == field.type.notation }
                    guard agree, declaration.variantFields == .all || others.count == all.count,
                        !shared.contains(where: { $0.name == field.name })
                    else { continue }
                    shared.append(field)
                    shared[shared.count - 1].isRequired = false
                }
            }
            // Releases list the variants in different orders, which says nothing about the fields.
            declaration.fields += shared.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            if let discriminator = declaration.discriminator,
                !declaration.fields.contains(where: { $0.name == discriminator })
            {
                declaration.fields.insert(.init(name: discriminator, type: .builtin(.string), facts: []), at: 0)
            }
            if declaration.variantFields == .all, variants.contains(where: \.isOpen) { declaration.isOpen = true }
            declarations[name] = declaration
        }
    }

    /// Takes from models what they inherit unchanged.
    private mutating func removeInherited() {
        for name in order {
            guard var declaration = declarations[name], let parent = declaration.extends.flatMap({ declarations[$0] })
            else { continue }
            let inherited = allFields(of: parent)
            let discriminators = self.discriminators(of: parent)
            declaration.fields.removeAll { field in
                guard let base = inherited.first(where: { $0.name == field.name }) else { return false }
                return discriminators.contains(field.name) || base.type.notation == field.type.notation
            }
            declarations[name] = declaration
        }
    }

    /// Takes away enumerations that nothing refers to any more: a discriminator's narrower type is gone with its field.
    private mutating func removeUnused() {
        let reachable = Set(declarations.values.flatMap(\.references))
        order.removeAll { name in
            guard let declaration = declarations[name], declaration.values != nil else { return false }
            let isNested = declaration.upstream.contains(".") && !reachable.contains(name)
            if isNested, !roots.contains(name) { declarations[name] = nil }
            return isNested && !roots.contains(name)
        }
    }

    private func allFields(of declaration: ImportedDeclaration) -> [ImportedDeclaration.Field] {
        guard let parent = declaration.extends.flatMap({ declarations[$0] }) else { return declaration.fields }
        let own = declaration.fields
        return allFields(of: parent).filter { field in !own.contains { $0.name == field.name } } + own
    }

    private func discriminators(of declaration: ImportedDeclaration) -> Set<String> {
        var result = Set([declaration.discriminator].compactMap { $0 })
        if let parent = declaration.extends.flatMap({ declarations[$0] }) {
            result.formUnion(discriminators(of: parent))
        }
        return result
    }
}
