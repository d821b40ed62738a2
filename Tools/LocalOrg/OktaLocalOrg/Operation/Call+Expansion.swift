extension Call {
    /// What `expand` asks for: values with commas between them, or the field several times.
    var expansions: [String] {
        target.query.filter { $0.name == "expand" }.flatMap { $0.value.split(separator: ",").map(String.init) }
    }

    /// Whether `expand` asks for a resource.
    func expands(_ name: String) -> Bool { expansions.contains(name) }
}
