/// The order in which declarations are written: each before those that it refers to, in the order in which it does.
struct DeclarationOrder {
    private(set) var names: [String] = []

    /// - Parameters:
    ///   - declarations: The declarations by name.
    ///   - first: All names, in the order in which they were met.
    init(of declarations: [String: ImportedDeclaration], startingWith first: [String]) {
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
