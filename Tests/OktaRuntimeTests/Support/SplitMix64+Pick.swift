extension SplitMix64 {
    /// Returns an element of a collection that must not be empty. The fallback is only for the compiler.
    mutating func pick<Element>(_ elements: [Element], or fallback: Element) -> Element {
        elements.randomElement(using: &self) ?? fallback
    }
}
