extension Paged {
    /// One page of a list.
    public struct Page: Sendable {
        /// The elements, without those that do not fit their type.
        public let items: [Element]

        /// How many elements were left out because they are not of the element's type; ``response`` holds them.
        public let skippedCount: Int

        /// Where the next page begins; `nil` on the last one, and when the list cannot be followed any further: asking for
        /// the next page then throws.
        public let next: PageCursor?

        /// The full answer.
        public let response: OktaResponse

        init(_ answer: ListResponse, next: PageCursor?) {
            items = answer.elements.compactMap { Element(fitting: $0) }
            skippedCount = answer.elements.count - items.count
            self.next = next
            response = answer.response
        }

        /// The elements, for those who see no more of the page.
        ///
        /// - Throws: ``OktaError/decoding(_:)`` when there are elements and not one fits: then the type is wrong rather than
        ///   an element, and an empty list would hide that.
        func decodedItems() throws(OktaError) -> [Element] {
            guard items.isEmpty, skippedCount > 0 else { return items }
            let reason =
                "expected elements of type \(Element.jsonTypeName), and of the page's \(skippedCount) not one fits; "
                + "go through `pages` instead, where each page's response has the raw JSON"
            throw .decoding(response.failure(reason))
        }
    }
}
