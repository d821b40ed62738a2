extension SplitMix64 {
    /// An element of a collection that must not be empty; the fallback is for the compiler only.
    mutating func pick<Element>(_ elements: [Element], or fallback: Element) -> Element {
        elements.randomElement(using: &self) ?? fallback
    }
}
