package import OktaRuntime

extension JSON {
    /// Returns an item with a first member that states its origin: its org, or its row of a set. An item that is not an
    /// object becomes the member `value`.
    package func led(by name: String, _ text: String) -> JSON {
        guard let members else { return JSON(members: [(name, JSON(text)), ("value", self)]) }
        return JSON(members: [(name, JSON(text))] + members.filter { $0.key != name }.map { ($0.key, $0.value) })
    }
}
