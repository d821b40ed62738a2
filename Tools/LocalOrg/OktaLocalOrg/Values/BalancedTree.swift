extension Array {
    /// Joins the elements, of which there is at least one, to a tree that is as flat as it can be.
    ///
    /// A chain of thousands of terms, each nested in the next one, would exhaust the stack of whoever walks through it.
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
