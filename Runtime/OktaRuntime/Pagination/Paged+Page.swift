extension Paged {
    /// One page of a list.
    public struct Page: Sendable {
        /// The elements, without those that do not have the element type.
        public let items: [Element]

        /// The number of skipped elements, which do not have the element type; ``response`` holds them.
        public let skippedCount: Int

        /// The cursor of the next page; `nil` on the last one, and when the list cannot be followed any further. In
        /// that case, asking for the next page throws.
        public let next: PageCursor?

        /// The full response.
        public let response: OktaResponse

        init(_ answer: ListResponse, next: PageCursor?) {
            items = answer.elements.compactMap { Element(fitting: $0) }
            skippedCount = answer.elements.count - items.count
            self.next = next
            response = answer.response
        }

        /// The elements, for callers that see nothing else of the page.
        ///
        /// - Throws: ``OktaError/decoding(_:)`` when there are elements of which none has the type: then the type is
        ///   wrong, and an empty list would hide that.
        func decodedItems() throws(OktaError) -> [Element] {
            guard items.isEmpty, skippedCount > 0 else { return items }
            let reason =
                "expected elements of type \(Element.jsonTypeName), but none of the page's \(skippedCount) has it; "
                + "use `pages` instead, whose responses have the raw JSON"
            throw .decoding(response.failure(reason))
        }
    }
}
