extension Array {
    /// Joins at least one element to a tree of minimal depth; nil for no elements.
    ///
    /// A chain of thousands of nested terms would exhaust the stack of a recursive traversal.
    func balanced(_ join: (Element, Element) -> Element) -> Element? { Self.balanced(self[...], join) }

    private static func balanced(_ slice: ArraySlice<Element>, _ join: (Element, Element) -> Element) -> Element? {
        guard slice.count > 1 else { return slice.first }
        let half = slice.count / 2
        guard let left = balanced(slice.prefix(half), join), let right = balanced(slice.dropFirst(half), join) else {
            return nil
        }
        return join(left, right)
    }
}
