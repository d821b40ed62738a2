/// Compares types by name, when callers use the names.
enum DeclaredTypes {
    static func compare(in context: inout ComparisonContext) {
        context.close()
        let (old, new) = (context.old, context.new)
        // A type that replaces another at the same positions is that type renamed.
        let renames = Dictionary(
            context.graph.pairs.compactMap { pair in
                old.shapes[pair.old].name.flatMap { from in new.shapes[pair.new].name.map { (from, $0) } }
            }.filter { $0.0 != $0.1 && new.declared[$0.0] == nil && old.declared[$0.1] == nil },
            uniquingKeysWith: { first, _ in first })
        let newNames = Set(renames.values)
        for (name, index) in old.declared.sorted(by: { $0.key < $1.key }) {
            if let other = new.declared[name] {
                context.pair(
                    TypeUse(shape: index), TypeUse(shape: other), subject: name, operation: nil, direction: [])
            } else if renames[name] == nil {
                context.report(ModelRules.removed, ChangeSite(name, old: old.shapes[index].location))
            }
        }
        for (name, index) in new.declared.sorted(by: { $0.key < $1.key })
        where old.declared[name] == nil && !newNames.contains(name) {
            context.report(ModelRules.added, ChangeSite(name, new: new.shapes[index].location))
        }
    }
}
