import LoopbackServer

extension LoopbackResponse {
    /// A head that announces nine bytes, followed by four bytes.
    static var half: LoopbackResponse {
        LoopbackResponse().sending("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
    }
}
