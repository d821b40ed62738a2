import OktaCatalog

/// The order of declarations in files: each before those that it refers to, in the order of its references.
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
