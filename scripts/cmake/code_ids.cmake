# cmake -DOBJECTS=list.txt -DOBJCOPY=objcopy -DOUT=ids.cpp -P code_ids.cmake
# Writes one constant per kernel object: the first 64 bits of the SHA-256 of its code, debug
# information and compiler banner left out.
file(STRINGS "${OBJECTS}" objects)
set(text "#include <cstdint>\nextern \"C\" {\n")
foreach(object IN LISTS objects)
    if(NOT object MATCHES "/([^/]+)/([^/]+)\\.cpp\\.o(bj)?$")
        continue()
    endif()
    set(symbol "${CMAKE_MATCH_1}_${CMAKE_MATCH_2}")
    if(object MATCHES "cmake_pch")
        continue()
    endif()
    string(MAKE_C_IDENTIFIER "${symbol}" symbol)
    set(stripped "${OUT}.${symbol}.o")
    execute_process(COMMAND "${OBJCOPY}" --strip-debug --remove-section=.comment "${object}" "${stripped}"
        COMMAND_ERROR_IS_FATAL ANY)
    file(SHA256 "${stripped}" digest)
    file(REMOVE "${stripped}")
    string(SUBSTRING "${digest}" 0 16 digest)
    string(APPEND text "extern const std::uint64_t ulpfront_code_id_${symbol};\n"
        "const std::uint64_t ulpfront_code_id_${symbol} = 0x${digest}U;\n")
endforeach()
string(APPEND text "}\n")
file(WRITE "${OUT}" "${text}")
