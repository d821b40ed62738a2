import LoopbackServer

extension LoopbackResponse {
    /// A head that promises nine bytes, and four of them.
    static var half: LoopbackResponse {
        LoopbackResponse().sending("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
    }
}
